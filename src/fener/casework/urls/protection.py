"""Addresses of the hardest protections: the place "Protected", shut-outs, two persons, broken glass, a trace."""

from django.urls import path

from fener.casework.views import exposure
from fener.casework.views.protection import glass, place, shut_out, two_person, witness

urlpatterns = [
    path("protected/", place.protected, name="protected"),
    path("protected/ask/", place.ask, name="opening_new"),
    path("protected/asked/<uuid:pk>/", place.decide, name="opening"),
    path("protected/steps/<uuid:pk>/", witness.answer, name="protection_step"),
    path("protected/beside/<uuid:pk>/", two_person.answer, name="second_person"),
    path("cases/<slug:code>/protection/", witness.propose, name="protection"),
    path("cases/<slug:code>/protection/withdraw/", witness.withdraw, name="protection_withdraw"),
    path("cases/<slug:code>/protection/leave/", witness.leave, name="protection_leave"),
    path("cases/<slug:code>/shut-out/", shut_out.shut_outs, name="shut_outs"),
    path("cases/<slug:code>/shut-out/<uuid:pk>/end/", shut_out.end, name="shut_out_end"),
    path("cases/<slug:code>/by-two/", two_person.sensitive, name="sensitive"),
    path("cases/<slug:code>/sealed/<slug:part>/beside/", two_person.ask, name="second_ask"),
    path("cases/<slug:code>/danger/", glass.break_it, name="glass"),
    path("danger/", glass.start, name="glass_start"),
    path("danger/opened/<uuid:pk>/", glass.opened, name="glass_opened"),
    path("danger/reviews/", glass.reviews, name="glass_reviews"),
    path("danger/reviews/<uuid:pk>/", glass.review, name="glass_review"),
    path("readers/", exposure.trace, name="exposure"),
]
