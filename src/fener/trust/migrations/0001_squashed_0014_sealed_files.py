"""What the migrations before made one after the other, in one step for a new node; older nodes go on step by step."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from fener.trust import triggers
from fener.trust.tables import CreateTables


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("trust", "0001_initial"),
        ("trust", "0002_audit_triggers"),
        ("trust", "0003_first_password"),
        ("trust", "0004_daily_roots"),
        ("trust", "0005_shared_values"),
        ("trust", "0006_job_runs"),
        ("trust", "0007_sessions_and_attempts"),
        ("trust", "0008_custodians"),
        ("trust", "0009_erasure_and_retention"),
        ("trust", "0010_administration_sessions"),
        ("trust", "0011_longer_acts"),
        ("trust", "0012_recovery_and_new_keys"),
        ("trust", "0013_no_first_password"),
        ("trust", "0014_sealed_files"),
    ]

    dependencies = [
        ('sessions', '0001_initial'),
    ]

    operations = [
        CreateTables([
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=60, unique=True, verbose_name='user name')),
                ('full_name', models.CharField(max_length=120, verbose_name='name')),
                ('language', models.CharField(blank=True, default='', max_length=12, verbose_name='language')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('public_key', models.BinaryField()),
                ('wrapped_private_key', models.BinaryField()),
                ('wrap_parameters', models.JSONField(default=dict, editable=False)),
                ('recovery_wrapped_private_key', models.BinaryField(null=True)),
                ('recovery_parameters', models.JSONField(default=dict, editable=False)),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
            },
        ),
        migrations.CreateModel(
            name='AuditRoot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('day', models.DateField(unique=True)),
                ('statement', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('detail', models.JSONField(blank=True, default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Keeper',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('public_key', models.BinaryField()),
                ('sealed_index_key', models.BinaryField()),
                ('key_generation', models.PositiveIntegerField(default=1)),
                ('sealed_earlier_key', models.BinaryField(null=True)),
                ('rotation_due_since', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='SharedValue',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('value', models.JSONField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Attempts',
            fields=[
                ('who', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('untold', models.PositiveIntegerField(default=0)),
                ('failed_at', models.DateTimeField(null=True)),
                ('wait_until', models.DateTimeField(null=True)),
                ('good_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['failed_at'], name='attempts_failed_at')],
            },
        ),
        migrations.CreateModel(
            name='AuditChain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('chain_id', models.UUIDField()),
                ('length', models.PositiveBigIntegerField(default=0)),
                ('head', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'chain_id'), name='one_chain_each')],
            },
        ),
        migrations.CreateModel(
            name='BrowserSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('device', models.CharField(blank=True, max_length=60)),
                ('since', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='browser_sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-since', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField(db_index=True)),
                ('giver', models.CharField(choices=[('person', 'the person'), ('guardian', 'the guardian')], default='person', max_length=10)),
                ('child_assent', models.BooleanField(null=True)),
                ('purpose', models.CharField(max_length=30)),
                ('compartments', models.JSONField(default=list)),
                ('until', models.DateField()),
                ('language', models.CharField(max_length=12)),
                ('interpreter', models.CharField(blank=True, max_length=120)),
                ('text_id', models.CharField(max_length=60)),
                ('text_version', models.CharField(max_length=20)),
                ('given_on', models.DateField()),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.keeper')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.keeper')),
            ],
        ),
        migrations.CreateModel(
            name='CustodyNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('act', models.CharField(max_length=60)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField(null=True)),
                ('detail', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='trust.keeper')),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='DisclosureOverride',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField(db_index=True)),
                ('compartments', models.JSONField(default=list)),
                ('legal_basis', models.CharField(max_length=300)),
                ('reason', models.CharField(max_length=1000)),
                ('until', models.DateField()),
                ('requested_at', models.DateTimeField(auto_now_add=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.keeper')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.keeper')),
            ],
        ),
        migrations.CreateModel(
            name='Custodian',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='custodies', to=settings.AUTH_USER_MODEL)),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='custodians', to='trust.keeper')),
            ],
        ),
        migrations.CreateModel(
            name='BlindToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.UUIDField()),
                ('kind', models.CharField(max_length=12)),
                ('token', models.BinaryField(max_length=16)),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='trust.keeper')),
            ],
        ),
        migrations.CreateModel(
            name='AdministrationSession',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=300)),
                ('begun_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='administrations', to=settings.AUTH_USER_MODEL)),
                ('keeper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='administrations', to='trust.keeper')),
            ],
            options={
                'ordering': ('-begun_at',),
            },
        ),
        migrations.CreateModel(
            name='AccountRecovery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('filed_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended', models.CharField(blank=True, choices=[('done', 'let back in'), ('refused', 'refused by a custodian'), ('stopped', 'stopped by the person'), ('expired', 'nobody finished it in time')], max_length=8)),
                ('sealed_keeper_key', models.BinaryField(null=True)),
                ('filed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recoveries', to=settings.AUTH_USER_MODEL)),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recoveries', to='trust.keeper')),
            ],
        ),
        migrations.CreateModel(
            name='KeeperMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_private_key', models.BinaryField()),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='trust.keeper')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keepers', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='KeyRotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.PositiveIntegerField()),
                ('begun_at', models.DateTimeField()),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('unreadable', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rotations', to='trust.keeper')),
            ],
        ),
        migrations.CreateModel(
            name='RecoveryApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('public_key', models.BinaryField()),
                ('wrapped_private_key', models.BinaryField()),
                ('parameters', models.JSONField(default=dict)),
                ('custodian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recovery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='trust.accountrecovery')),
            ],
        ),
        migrations.CreateModel(
            name='RetentionPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data_class', models.CharField(max_length=30)),
                ('months', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('set_at', models.DateTimeField()),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='trust.keeper')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SealedItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField(db_index=True)),
                ('compartment', models.CharField(max_length=20)),
                ('slot', models.CharField(default='main', max_length=80)),
                ('version', models.PositiveIntegerField(default=1)),
                ('ciphertext', models.BinaryField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SealedFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(choices=[('original', 'Original'), ('clean', 'Clean')], max_length=10)),
                ('stored', models.PositiveBigIntegerField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='trust.sealeditem')),
            ],
        ),
        migrations.CreateModel(
            name='ItemGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_data_key', models.BinaryField()),
                ('key_generation', models.PositiveIntegerField(default=1)),
                ('in_force', models.BooleanField(default=True)),
                ('granted_at', models.DateTimeField(auto_now_add=True)),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='trust.consent')),
                ('override', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='trust.disclosureoverride')),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='trust.keeper')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='trust.sealeditem')),
            ],
        ),
        migrations.CreateModel(
            name='SubmittedForm',
            fields=[
                ('token', models.UUIDField(primary_key=True, serialize=False)),
                ('act', models.CharField(default='', max_length=160)),
                ('result', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_keeper_id', models.UUIDField(null=True)),
                ('act', models.CharField(max_length=60)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField(null=True)),
                ('purpose', models.CharField(blank=True, max_length=40)),
                ('outcome', models.CharField(default='done', max_length=12)),
                ('detail', models.JSONField(default=dict)),
                ('prev_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='trust.auditchain')),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='audit_at'), models.Index(fields=['act', 'at'], name='audit_act')],
                'constraints': [models.UniqueConstraint(fields=('chain', 'seq'), name='one_entry_per_place')],
            },
        ),
        migrations.CreateModel(
            name='AuditRootLeaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('length', models.PositiveBigIntegerField()),
                ('head', models.CharField(max_length=64)),
                ('chain', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='trust.auditchain')),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='trust.auditroot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('chain', 'root'), name='one_leaf_a_root')],
            },
        ),
        migrations.CreateModel(
            name='CustodyNoticeSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='trust.custodynotice')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('notice', 'user'), name='seen_once_each')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationCode',
            fields=[
                ('keeper', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='printed_code', serialize=False, to='trust.keeper')),
                ('wrapped_private_key', models.BinaryField()),
                ('parameters', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('subject_id', models.UUIDField(db_index=True)),
                ('ground', models.CharField(choices=[('withdrawn', 'the person no longer agrees that it is kept'), ('asked', 'the person asked for it'), ('ran_out', 'the time for which it is kept has run out'), ('no_consent', 'the consent to keep it has ended')], max_length=12)),
                ('why', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('proposed', 'waits for somebody who looks at it'), ('approved', 'agreed; waits for its day'), ('refused', 'not now'), ('stopped', 'stopped'), ('done', 'erased')], default='proposed', max_length=10)),
                ('proposed_at', models.DateTimeField()),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('hold', models.CharField(blank=True, max_length=20)),
                ('look_again_on', models.DateField(null=True)),
                ('carry_out_on', models.DateField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('stopped_for', models.CharField(blank=True, max_length=20)),
                ('done_at', models.DateTimeField(null=True)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stopped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.keeper')),
            ],
            options={
                'ordering': ('proposed_at',),
                'indexes': [models.Index(fields=['holder', 'state'], name='erasure_of_holder')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'approved'])), fields=('subject_id',), name='one_open_erasure'), models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), ('proposed_by__isnull', True), models.Q(('reviewed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='erasure_needs_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'done']), _negated=True), models.Q(('carry_out_on__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='erasure_is_reviewed_first'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(models.Q(('hold', ''), _negated=True), ('look_again_on__isnull', False)), _connector='OR'), name='refused_erasure_says_why')],
            },
        ),
        migrations.AddConstraint(
            model_name='disclosureoverride',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('requested_by')), _negated=True), _connector='OR'), name='override_needs_two_persons'),
        ),
        migrations.AddIndex(
            model_name='custodynotice',
            index=models.Index(fields=['keeper', 'at'], name='notice_of_keeper'),
        ),
        migrations.AddConstraint(
            model_name='custodian',
            constraint=models.UniqueConstraint(fields=('keeper', 'user'), name='one_custody_each'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('given_on'))), name='consent_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='blindtoken',
            index=models.Index(fields=['keeper', 'token'], name='blind_lookup'),
        ),
        migrations.AddIndex(
            model_name='blindtoken',
            index=models.Index(fields=['keeper', 'subject_id'], name='blind_subject'),
        ),
        migrations.AddConstraint(
            model_name='administrationsession',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begun_at'))), name='administration_ends'),
        ),
        migrations.AddConstraint(
            model_name='accountrecovery',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user',), name='one_open_recovery_each'),
        ),
        migrations.AddConstraint(
            model_name='keepermember',
            constraint=models.UniqueConstraint(fields=('keeper', 'user'), name='one_key_per_member'),
        ),
        migrations.AddConstraint(
            model_name='keyrotation',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('keeper',), name='one_rotation_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='recoveryapproval',
            constraint=models.UniqueConstraint(fields=('recovery', 'custodian'), name='two_different_custodians'),
        ),
        migrations.AddConstraint(
            model_name='retentionperiod',
            constraint=models.UniqueConstraint(fields=('holder', 'data_class'), name='one_period_a_class'),
        ),
        migrations.AddConstraint(
            model_name='sealeditem',
            constraint=models.UniqueConstraint(fields=('subject_id', 'compartment', 'slot'), name='one_item_per_slot'),
        ),
        migrations.AddConstraint(
            model_name='sealedfile',
            constraint=models.UniqueConstraint(fields=('item', 'part'), name='one_file_per_part'),
        ),
        migrations.AddIndex(
            model_name='itemgrant',
            index=models.Index(fields=['keeper', 'key_generation', 'id'], name='grants_to_seal_anew'),
        ),
        migrations.AddConstraint(
            model_name='itemgrant',
            constraint=models.UniqueConstraint(fields=('item', 'keeper'), name='one_grant_per_keeper'),
        ),
        ]),
        migrations.RunPython(install, remove),
    ]
