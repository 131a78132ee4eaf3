"""Addresses of the first contact."""

from django.urls import path

from fener.contact.views import desk, ending, screening, suspicion

app_name = "contact"
urlpatterns = [
    path("screening/", screening.start, name="screening_start"),
    path("screening/<uuid:pk>/", screening.resume, name="screening"),
    path("screening/<uuid:pk>/needs/", screening.needs, name="screening_needs"),
    path("screening/<uuid:pk>/question/<slug:question>/", screening.question, name="screening_question"),
    path("screening/<uuid:pk>/page/", screening.one_page, name="screening_page"),
    path("screening/<uuid:pk>/renewed/", screening.renewed, name="screening_renewed"),
    path("screening/<uuid:pk>/answers/", screening.answers, name="screening_answers"),
    path("screening/<uuid:pk>/danger/", screening.danger, name="screening_danger"),
    path("screening/<uuid:pk>/result/", ending.result, name="screening_result"),
    path("screening/<uuid:pk>/rights/", ending.rights, name="screening_rights"),
    path("screening/<uuid:pk>/offer/", ending.offer, name="screening_offer"),
    path("screening/<uuid:pk>/declined/", ending.declined, name="screening_declined"),
    path("screening/<uuid:pk>/close/", ending.close, name="screening_close"),
    path("sent/", ending.receipts, name="receipts"),
    path("suspicion/", suspicion.raise_one, name="suspicion"),
    path("first-contacts/", desk.intakes, name="intakes"),
    path("first-contacts/<slug:code>/", desk.intake, name="intake"),
    path("first-contacts/<slug:code>/receive/", desk.receive, name="intake_receive"),
    path("first-contacts/<slug:code>/open/", desk.open_contact, name="intake_contact"),
    path("first-contacts/<slug:code>/close/", desk.close, name="intake_close"),
    path("first-contacts/<slug:code>/case/", desk.open_case, name="intake_case"),
]
