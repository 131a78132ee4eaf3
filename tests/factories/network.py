"""An invented mechanism: bodies with keys, desks, mandates, and people who are at work and unlocked."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

import factory
from django.utils import timezone

from fener.network.models import Desk, Mandate, Membership, Organisation, Service
from fener.trust import accounts, keys
from fener.trust.actor import SYSTEM, Actor
from fener.trust.models import AdministrationSession, User
from fener.trust.roles import Role

PASSWORD = "lantern-over-the-river"
_numbers = itertools.count(1)


class PersonFactory(factory.Factory):
    """An account with keys. ``person.keyring`` is its open keyring."""

    class Meta:
        model = User

    username = factory.LazyFunction(lambda: f"worker{next(_numbers)}")
    full_name = factory.LazyAttribute(lambda o: o.username.title())

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **kwargs: str) -> User:
        account = accounts.create_user(actor=SYSTEM, password=PASSWORD, **kwargs)
        private = accounts.open_private_key(account.user, PASSWORD)
        account.user.keyring = accounts.keyring_for(account.user.pk, private)
        return account.user


@dataclass
class Body:
    """An organisation with the person who holds its key first, and further people at work there."""

    organisation: Organisation
    founder: User
    since: date
    _desks: dict[str, Desk] = field(default_factory=dict)

    @property
    def id(self) -> object:
        return self.organisation.pk

    def actor(
        self,
        *roles: Role,
        locked: bool = False,
        functions: frozenset[str] = frozenset(),
        elevated: bool | None = None,
    ) -> Actor:
        """Somebody new at work here with these roles and, unless ``locked``, an open key.

        Whoever only administers is in an administration session, unless ``elevated`` says otherwise; the browser that
        ``signed_in`` gives begins one of its own then.
        """
        user = PersonFactory()
        founder = Actor(user_id=self.founder.pk, keeper_id=self.organisation.pk, keyring=self.founder.keyring)
        accounts.add_member_key(actor=founder, keeper_id=self.organisation.pk, user=user)
        Membership.objects.create(
            user=user, organisation=self.organisation, roles=[role.value for role in roles], since=self.since
        )
        if elevated is None:
            elevated = bool(roles) and set(roles) <= {Role.SYSTEM_ADMIN, Role.ORGANISATION_ADMIN}
        keyring: keys.Keyring | None = None if locked else user.keyring
        return Actor(
            user_id=user.pk,
            keeper_id=self.organisation.pk,
            roles=frozenset(roles),
            functions=functions
            or frozenset(Mandate.objects.filter(organisation=self.organisation).values_list("function", flat=True)),
            keyring=keyring,
            username=user.username,
            elevation=self._administers(user) if elevated else None,
        )

    def _administers(self, user: User) -> UUID:
        now = timezone.now()
        session = AdministrationSession.objects.create(
            user=user,
            keeper_id=self.organisation.pk,
            reason="what the test is about",
            begun_at=now,
            ends_at=now + timedelta(hours=2),
        )
        return session.pk

    def mandate(self, function: str, *, since: date | None = None, until: date | None = None) -> Mandate:
        """The law gives this body a function."""
        return Mandate.objects.create(
            organisation=self.organisation,
            function=function,
            legal_basis="Act on the mechanism, article 5",
            since=since or self.since,
            until=until,
        )

    def desk(self, receives: str = "service") -> Desk:
        """Its desk for that kind, made once."""
        if receives not in self._desks:
            self._desks[receives] = Desk.objects.create(
                organisation=self.organisation, name=f"Desk for {receives}", receives=[receives]
            )
        return self._desks[receives]

    def service(self, kind: str = "shelter", **limits: object) -> Service:
        """A service that it runs."""
        name = str(limits.pop("name", f"{kind} of {self.organisation.short_name}"))
        return Service.objects.create(
            organisation=self.organisation, desk=self.desk("service"), kind=kind, name=name, **limits
        )


class BodyFactory(factory.Factory):
    """A body with keys. Traits give it a sector, training and mandates."""

    class Meta:
        model = Body

    class Params:
        ngo = factory.Trait(sector="ngo", trained=True, mandates=("refer", "assess"), short_name="Lighthouse")
        shelter = factory.Trait(sector="shelter", trained=True, mandates=("refer",), short_name="Harbour House")
        police = factory.Trait(sector="police", mandates=("refer", "assess"), short_name="Police")
        inspection = factory.Trait(sector="labour_inspection", mandates=("refer", "assess"), short_name="Inspection")
        social_work = factory.Trait(sector="social_work", trained=True, mandates=("refer", "assess"), short_name="CSW")
        health = factory.Trait(sector="health", trained=True, mandates=("refer", "assess"), short_name="Clinic")
        decider = factory.Trait(
            sector="social_work", trained=True, mandates=("assess", "identify", "decide_status"), short_name="Centre"
        )
        co_ordination = factory.Trait(sector="mechanism", short_name="Co-ordination")

    sector = "other"
    trained = False
    mandates: tuple[str, ...] = ()
    short_name = factory.LazyFunction(lambda: f"Body {next(_numbers)}")
    since = date(2020, 1, 1)

    @classmethod
    def _create(cls, model_class: type[Body], *args: object, **kwargs: object) -> Body:
        founder = PersonFactory()
        keeper = accounts.create_keeper(actor=SYSTEM, first_member=founder)
        organisation = Organisation.objects.create(
            keeper=keeper,
            name=f"{kwargs['short_name']} (invented)",
            short_name=kwargs["short_name"],
            sector=kwargs["sector"],
            country="RS",
            trained_assessor=kwargs["trained"],
        )
        body = Body(organisation=organisation, founder=founder, since=kwargs["since"])
        for function in kwargs["mandates"]:
            body.mandate(function)
        return body


class Mechanism:
    """A country's bodies, each made when it is first named."""

    def __init__(self, *, since: date) -> None:
        self.since = since

    def _body(self, trait: str) -> Body:
        return BodyFactory(since=self.since, **{trait: True})

    @cached_property
    def ngo(self) -> Body:
        return self._body("ngo")

    @cached_property
    def other_ngo(self) -> Body:
        return BodyFactory(since=self.since, ngo=True, short_name="Beacon")

    @cached_property
    def shelter(self) -> Body:
        return self._body("shelter")

    @cached_property
    def police(self) -> Body:
        return self._body("police")

    @cached_property
    def inspection(self) -> Body:
        return self._body("inspection")

    @cached_property
    def social_work(self) -> Body:
        return self._body("social_work")

    @cached_property
    def health(self) -> Body:
        return self._body("health")

    @cached_property
    def decider(self) -> Body:
        return self._body("decider")

    @cached_property
    def co_ordination(self) -> Body:
        return self._body("co_ordination")


def locked(actor: Actor) -> Actor:
    """The same person with the session locked."""
    return replace(actor, keyring=None)
