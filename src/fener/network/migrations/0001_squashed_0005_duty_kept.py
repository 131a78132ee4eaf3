"""What the migrations before made one after the other, in one step for a new node; older nodes go on step by step."""

import django.db.models.deletion
import fener.network.models.directory
import uuid
from django.conf import settings
from django.db import migrations, models

from fener.trust.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("network", "0001_initial"),
        ("network", "0002_directory"),
        ("network", "0003_the_map"),
        ("network", "0004_invitations"),
        ("network", "0005_duty_kept"),
    ]

    dependencies = [
        ('trust', '0001_squashed_0014_sealed_files'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('note', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ('weekday', 'opens', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('keeper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='organisation', serialize=False, to='trust.keeper')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('short_name', models.CharField(max_length=40, verbose_name='short name')),
                ('sector', models.CharField(choices=[('police', 'police'), ('border', 'border authority'), ('labour_inspection', 'labour inspection'), ('immigration', 'immigration service'), ('prosecution', 'prosecution or court'), ('social_work', 'social work'), ('health', 'health service'), ('school', 'school'), ('ngo', 'non-governmental organisation'), ('shelter', 'shelter'), ('union', 'trade union'), ('employers', "employers' organisation"), ('migrants', 'migrant organisation'), ('local_government', 'local government'), ('international', 'international organisation'), ('mechanism', 'co-ordination of the mechanism'), ('other', 'other body')], max_length=20, verbose_name='sector')),
                ('htcds_type', models.CharField(blank=True, max_length=40)),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages spoken')),
                ('trained_assessor', models.BooleanField(default=False, verbose_name='staff trained in identification')),
                ('level', models.CharField(blank=True, choices=[('national', 'national'), ('regional', 'regional'), ('local', 'local')], max_length=10, verbose_name='level')),
                ('active_from', models.DateField(blank=True, null=True)),
                ('active_until', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind of service')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('genders', models.JSONField(blank=True, default=list)),
                ('min_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('max_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('accepts_children_of_person', models.BooleanField(default=False)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ('organisation__name', 'name'),
            },
        ),
        migrations.CreateModel(
            name='ServicePhone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('place', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ('place', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('kind', models.CharField(choices=[('memorandum', 'memorandum of understanding'), ('directive', 'internal directive')], default='memorandum', max_length=12, verbose_name='kind')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('signed', 'signed'), ('in_force', 'in force'), ('ended', 'ended')], default='draft', max_length=10)),
                ('aim', models.TextField(blank=True, max_length=2000, verbose_name='what it is for')),
                ('terms', models.JSONField(blank=True, default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('drafted_on', models.DateField()),
                ('signed_on', models.DateField(blank=True, null=True)),
                ('in_force_since', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='network.agreement')),
            ],
            options={
                'ordering': ('title', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('level', models.CharField(choices=[('national', 'national'), ('regional', 'regional'), ('local', 'local')], default='regional', max_length=10, verbose_name='level')),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='latitude')),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='longitude')),
                ('neighbours', models.ManyToManyField(blank=True, to='network.area')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='network.area')),
            ],
            options={
                'ordering': ('name', 'code'),
            },
        ),
        migrations.CreateModel(
            name='CoordinationBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('level', models.CharField(choices=[('national', 'national'), ('regional', 'regional'), ('local', 'local')], default='national', max_length=10, verbose_name='level')),
                ('rank', models.CharField(blank=True, max_length=40, verbose_name='rank')),
                ('full_time_staff', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='full-time staff')),
                ('powers', models.TextField(blank=True, max_length=1000, verbose_name='powers')),
                ('legal_basis', models.CharField(blank=True, max_length=300, verbose_name='legal basis')),
                ('led_by_child_specialist', models.BooleanField(blank=True, null=True, verbose_name='led by a child specialist')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.area')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='network.coordinationbody')),
            ],
            options={
                'ordering': ('kind', 'name', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CoordinationPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('title', models.CharField(max_length=120, verbose_name='post')),
                ('office', models.CharField(blank=True, max_length=200, verbose_name='held by (office, not a name)')),
                ('full_time', models.BooleanField(default=False, verbose_name='full-time')),
                ('vacant_since', models.DateField(blank=True, null=True, verbose_name='vacant since')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='network.coordinationbody')),
            ],
            options={
                'ordering': ('title', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('stage', models.CharField(max_length=40, verbose_name='stage')),
                ('role', models.CharField(choices=[('accountable', 'accountable'), ('responsible', 'responsible'), ('consulted', 'consulted'), ('informed', 'informed')], max_length=12, verbose_name='role')),
                ('what', models.CharField(max_length=300, verbose_name='what it does')),
                ('legal_basis', models.CharField(blank=True, max_length=300, verbose_name='law')),
                ('trigger', models.CharField(blank=True, max_length=40)),
                ('act', models.CharField(blank=True, max_length=40)),
                ('within_hours', models.PositiveIntegerField(blank=True, null=True, verbose_name='within hours')),
                ('awaits_confirmation', models.BooleanField(default=False)),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='network.agreement')),
                ('carried_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.duty')),
            ],
            options={
                'ordering': ('stage', 'role', 'organisation__name', 'since', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DutyKept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.UUIDField(db_index=True)),
                ('kept_on', models.DateField()),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept', to='network.duty')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='succession', serialize=False, to='network.organisation')),
                ('last_day', models.DateField()),
                ('legal_basis', models.CharField(max_length=300)),
            ],
            options={
                'ordering': ('-last_day',),
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='area',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='network.area'),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('roles', models.JSONField(default=list)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='network.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='MappedService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('provider', models.CharField(blank=True, max_length=160, verbose_name='provider')),
                ('provider_sector', models.CharField(choices=[('police', 'police'), ('border', 'border authority'), ('labour_inspection', 'labour inspection'), ('immigration', 'immigration service'), ('prosecution', 'prosecution or court'), ('social_work', 'social work'), ('health', 'health service'), ('school', 'school'), ('ngo', 'non-governmental organisation'), ('shelter', 'shelter'), ('union', 'trade union'), ('employers', "employers' organisation"), ('migrants', 'migrant organisation'), ('local_government', 'local government'), ('international', 'international organisation'), ('mechanism', 'co-ordination of the mechanism'), ('other', 'other body')], max_length=20, verbose_name='kind of provider')),
                ('level', models.CharField(choices=[('national', 'national'), ('regional', 'regional'), ('local', 'local')], default='local', max_length=10, verbose_name='level')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('is_shelter', models.BooleanField(default=False, verbose_name='somebody can stay there overnight')),
                ('takes_trafficked', models.BooleanField(blank=True, null=True, verbose_name='takes trafficked persons')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mapped_services', to='network.area')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
            ],
            options={
                'ordering': ('kind', 'name', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(choices=[('refer', 'refer'), ('assess', 'assess'), ('identify', 'identify'), ('register', 'register'), ('decide_status', 'decide the legal status'), ('prevent', 'take part in prevention'), ('inspect', 'inspect recruiters and work places')], max_length=20)),
                ('legal_basis', models.CharField(max_length=300, verbose_name='legal basis')),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='network.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('body', models.JSONField(blank=True, default=dict)),
                ('full_name', models.CharField(max_length=120)),
                ('roles', models.JSONField(default=list)),
                ('since', models.DateField()),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('used_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='network.organisation')),
            ],
            options={
                'ordering': ['-made_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='duty',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='network.organisation'),
        ),
        migrations.AddField(
            model_name='duty',
            name='towards',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation'),
        ),
        migrations.CreateModel(
            name='Desk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('receives', models.JSONField(default=list)),
                ('open', models.BooleanField(default=True)),
                ('escalates_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.desk')),
                ('redirects_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.desk')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='desks', to='network.organisation')),
            ],
            options={
                'ordering': ('organisation__name', 'name'),
            },
        ),
        migrations.CreateModel(
            name='CoverageEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('sector', models.CharField(max_length=40, verbose_name='sector')),
                ('level', models.CharField(max_length=20, verbose_name='level')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.area')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverage', to='network.organisation')),
            ],
            options={
                'ordering': ('sector', 'level', 'organisation__name', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CoordinationMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('decided', models.TextField(blank=True, max_length=1000, verbose_name='what was decided')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='network.coordinationbody')),
                ('present', models.ManyToManyField(blank=True, related_name='+', to='network.organisation')),
            ],
            options={
                'ordering': ('-held_on', '-pk'),
            },
        ),
        migrations.AddField(
            model_name='coordinationbody',
            name='host',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation'),
        ),
        migrations.AddField(
            model_name='coordinationbody',
            name='members',
            field=models.ManyToManyField(blank=True, related_name='coordinates_in', to='network.organisation'),
        ),
        migrations.CreateModel(
            name='ContactPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('body', 'a body'), ('project', 'a project'), ('coalition', 'a coalition')], default='body', max_length=10, verbose_name='kind')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('office', models.CharField(blank=True, max_length=160, verbose_name='office')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('languages', models.JSONField(blank=True, default=list)),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='hours')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='last verified')),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.area')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('coordination', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contact_points', to='network.coordinationbody')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contact_points', to='network.organisation')),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField(max_length=2000, verbose_name='text')),
                ('hands_over', models.CharField(choices=[('nothing', 'neither data nor people'), ('data', 'data about the persons'), ('people', 'the persons themselves')], default='nothing', max_length=10)),
                ('flagged_on', models.DateField(blank=True, null=True)),
                ('flag_reason', models.CharField(blank=True, max_length=300)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='network.agreement')),
                ('flagged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
            ],
            options={
                'ordering': ('number', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='AgreementParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('confirmed_on', models.DateField(blank=True, null=True)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='network.agreement')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('succeeds', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.agreementparty')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='network.organisation')),
            ],
            options={
                'ordering': ('organisation__name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='RiskArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('kind', models.CharField(max_length=40)),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='network.area')),
            ],
            options={
                'ordering': ('area__name', 'kind'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ServiceEntry',
            fields=[
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='network.service')),
                ('standard_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('description', models.TextField(blank=True, max_length=2000, verbose_name='what it does')),
                ('eligibility', models.TextField(blank=True, max_length=1000, verbose_name='for whom')),
                ('areas', models.JSONField(blank=True, default=list, verbose_name='area')),
                ('always_open', models.BooleanField(default=False, verbose_name='open day and night')),
                ('hours_note', models.CharField(blank=True, max_length=300, verbose_name='about the hours')),
                ('closed_days', models.JSONField(blank=True, default=list)),
                ('time_zone', models.CharField(default=fener.network.models.directory.node_zone, max_length=64, verbose_name='time zone')),
                ('cost', models.CharField(blank=True, choices=[('free', 'free of charge'), ('costs', 'costs something')], max_length=10, verbose_name='cost')),
                ('cost_note', models.CharField(blank=True, max_length=500, verbose_name='what it costs')),
                ('conditions', models.JSONField(blank=True, default=list, verbose_name='conditions')),
                ('documents', models.JSONField(blank=True, default=list, verbose_name='papers asked for')),
                ('apply', models.TextField(blank=True, max_length=1000, verbose_name='how to apply')),
                ('accessibility', models.TextField(blank=True, max_length=1000, verbose_name='accessibility')),
                ('interpretation', models.CharField(blank=True, max_length=500, verbose_name='interpretation')),
                ('free_now', models.PositiveIntegerField(blank=True, null=True, verbose_name='free places')),
                ('free_at', models.DateTimeField(blank=True, null=True)),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='contact')),
                ('contact_role', models.CharField(blank=True, max_length=120, verbose_name='function of the contact')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.URLField(blank=True, verbose_name='web site')),
                ('concealed', models.BooleanField(default=True, verbose_name='the address is concealed')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='street and number')),
                ('postal_code', models.CharField(blank=True, max_length=20, verbose_name='postal code')),
                ('town', models.CharField(blank=True, max_length=100, verbose_name='town')),
                ('province', models.CharField(blank=True, max_length=100, verbose_name='region')),
                ('public', models.BooleanField(default=False, verbose_name='in the public list')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
                ('ids', models.JSONField(blank=True, default=dict)),
            ],
        ),
        migrations.AddField(
            model_name='service',
            name='desk',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='network.desk'),
        ),
        migrations.AddField(
            model_name='service',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='network.organisation'),
        ),
        migrations.CreateModel(
            name='SharingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('compartments', models.JSONField(default=list)),
                ('purpose', models.CharField(max_length=20)),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('onward', models.BooleanField(default=False, verbose_name='the receiver may pass it on, on a consent of its own')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sharing_rules', to='network.agreement')),
                ('carried_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.sharingrule')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation')),
            ],
            options={
                'ordering': ('giver__name', 'receiver__name', 'purpose', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'in_force'), _negated=True), ('in_force_since__isnull', False), _connector='OR'), name='agreement_in_force_has_a_first_day'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'ended'), _negated=True), ('ended_on__isnull', False), _connector='OR'), name='agreement_ended_has_a_last_day'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='area_has_both_coordinates_or_none'),
        ),
        migrations.AddConstraint(
            model_name='coordinationpost',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='coordinationpost_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='dutykept',
            constraint=models.UniqueConstraint(fields=('duty', 'subject_id'), name='duty_kept_once'),
        ),
        migrations.AddField(
            model_name='succession',
            name='successor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='took_over_from', to='network.organisation'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('user', 'organisation'), name='one_membership_each'),
        ),
        migrations.AddConstraint(
            model_name='mappedservice',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='mappedservice_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='mappedservice',
            constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', False), models.Q(('provider', ''), _negated=True), _connector='OR'), name='mapped_service_has_a_provider'),
        ),
        migrations.AddConstraint(
            model_name='mappedservice',
            constraint=models.CheckConstraint(condition=models.Q(('level', 'national'), ('area__isnull', False), _connector='OR'), name='mapped_service_below_national_has_a_place'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='mandate_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='duty_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act', ''), ('trigger', ''), ('within_hours__isnull', True)), models.Q(models.Q(('trigger', ''), _negated=True), models.Q(('act', ''), _negated=True), ('within_hours__gt', 0)), _connector='OR'), name='timed_duty_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='coverageentry',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='coverageentry_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='coordinationbody',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='coordinationbody_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'body'), _negated=True), ('organisation__isnull', False), ('coordination__isnull', False), _connector='OR'), name='contact_of_a_body_names_it'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.CheckConstraint(condition=models.Q(('email', ''), ('phone', ''), _negated=True), name='contact_can_be_reached'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('agreement', 'number'), name='clause_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementparty',
            constraint=models.UniqueConstraint(fields=('agreement', 'organisation'), name='party_of_an_agreement_once'),
        ),
        migrations.AddConstraint(
            model_name='riskarea',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='riskarea_ends_after_it_begins'),
        ),
        migrations.AddField(
            model_name='servicephone',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='network.serviceentry'),
        ),
        migrations.AddField(
            model_name='serviceentry',
            name='verified_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='openinghours',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='network.serviceentry'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('min_age__isnull', True), ('max_age__isnull', True), ('max_age__gte', models.F('min_age')), _connector='OR'), name='service_ages_in_order'),
        ),
        migrations.AddConstraint(
            model_name='sharingrule',
            constraint=models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='sharing_rule_between_two'),
        ),
        migrations.AddConstraint(
            model_name='serviceentry',
            constraint=models.CheckConstraint(condition=models.Q(('concealed', False), models.Q(('address', ''), ('postal_code', ''), ('public', False), ('town', '')), _connector='OR'), name='concealed_service_has_no_address'),
        ),
        migrations.AddConstraint(
            model_name='serviceentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('free_at__isnull', True), ('free_now__isnull', True)), models.Q(('free_at__isnull', False), ('free_now__isnull', False)), _connector='OR'), name='free_places_have_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='weekday_of_a_week'),
        ),
        ]),
    ]
