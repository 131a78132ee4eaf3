"""Addresses of the network: bodies for whoever runs the node, one's own organisation, one's own account."""

from django.urls import include, path

from fener.network import urls_map
from fener.network.views import account, administration, bodies, directory, invitation, people

app_name = "network"
urlpatterns = [
    path("account/", account.account, name="account"),
    path("administration/", administration.sessions, name="administration"),
    path("administration/begin/", administration.begin, name="administration_begin"),
    path("administration/end/", administration.end, name="administration_end"),
    path("administration/<uuid:pk>/", administration.session, name="administration_session"),
    path("organisation/", people.own, name="own"),
    path("services/", directory.public, name="directory_public"),
    path("directory/", directory.directory, name="directory"),
    path("directory/missing/", directory.gaps, name="directory_gaps"),
    path("directory/<int:pk>/", directory.service, name="directory_service"),
    path("directory/<int:pk>/edit/", directory.edit, name="directory_edit"),
    path("directory/<int:pk>/places/", directory.places, name="directory_places"),
    path("network/", bodies.bodies, name="bodies"),
    path("network/invitations/<uuid:invitation>/revoke/", people.revoke_invitation, name="revoke_invitation"),
    path("invitation/", invitation.code, name="invitation"),
    path("invitation/account/", invitation.take_up, name="take_up_invitation"),
    path("network/add/", bodies.add, name="add_body"),
    path("network/<uuid:body>/", bodies.body, name="body"),
    path("network/<uuid:body>/mandates/add/", bodies.give_mandate, name="give_mandate"),
    path("network/<uuid:body>/mandates/<int:pk>/end/", bodies.end_mandate, name="end_mandate"),
    path("network/<uuid:body>/desks/add/", bodies.add_desk, name="add_desk"),
    path("network/<uuid:body>/desks/<int:pk>/", bodies.change_desk, name="change_desk"),
    path("network/<uuid:body>/services/add/", bodies.add_service, name="add_service"),
    path("network/<uuid:body>/services/<int:pk>/", bodies.change_service, name="change_service"),
    path("network/<uuid:body>/members/add/", people.add, name="add_member"),
    path("network/<uuid:body>/members/<int:pk>/", people.member, name="member"),
    path("network/<uuid:body>/members/<int:pk>/roles/", people.change_roles, name="change_roles"),
    path("network/<uuid:body>/members/<int:pk>/end/", people.end, name="end_membership"),
    path("network/<uuid:body>/members/<int:pk>/leaving/", people.leaving, name="leaving"),
    path("network/<uuid:body>/members/<int:pk>/key/", people.hand_on_key, name="hand_on_key"),
    path("network/<uuid:body>/members/<int:pk>/key/take/", people.take_key, name="take_key"),
    path("network/<uuid:body>/members/<int:pk>/close/", people.close_account, name="close_account"),
    path("network/<uuid:body>/members/<int:pk>/open/", people.open_account, name="open_account"),
    path("", include(urls_map)),
]
