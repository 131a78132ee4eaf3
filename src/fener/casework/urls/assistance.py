"""Addresses of needs, plans, services and referrals."""

from django.urls import path

from fener.casework.views import desk, needs, plan, referrals, referring, services

urlpatterns = [
    path("referrals/", desk.desk, name="desk"),
    path("referrals/<uuid:pk>/", referrals.referral, name="referral"),
    path("referrals/<uuid:pk>/accept/", referrals.accept, name="referral_accept"),
    path("referrals/<uuid:pk>/decline/", referrals.decline, name="referral_decline"),
    path("referrals/<uuid:pk>/outcome/", referrals.outcome, name="referral_outcome"),
    path("referrals/<uuid:pk>/told/<slug:part>/", referrals.told, name="referral_told"),
    path("referrals/<uuid:pk>/withdraw/", referrals.withdraw, name="referral_withdraw"),
    path("cases/<slug:code>/refer/", referring.new, name="referral_new"),
    path("cases/<slug:code>/refer/need/<uuid:need>/", referring.choose_service, name="referral_services"),
    path("cases/<slug:code>/refer/service/<int:service>/", referring.send, name="referral_send"),
    path("cases/<slug:code>/refer/<slug:kind>/", referring.choose_body, name="referral_bodies"),
    path("cases/<slug:code>/refer/<slug:kind>/<int:desk>/", referring.ask, name="referral_ask"),
    path("cases/<slug:code>/needs/new/", needs.new, name="need_new"),
    path("cases/<slug:code>/needs/<uuid:pk>/met/", needs.met, name="need_met"),
    path("cases/<slug:code>/plan/new/", plan.new, name="plan_new"),
    path("cases/<slug:code>/plan/change/", plan.change, name="plan_change"),
    path("cases/<slug:code>/plan/<uuid:pk>/decision/", plan.agree, name="plan_agree"),
    path("cases/<slug:code>/plan/<uuid:pk>/leave/", plan.leave, name="plan_leave"),
    path("cases/<slug:code>/needs/<uuid:need>/offer/", services.offer, name="service_offer"),
    path("cases/<slug:code>/services/<uuid:pk>/answer/", services.answer, name="service_answer"),
    path("cases/<slug:code>/services/<uuid:pk>/given/", services.deliver, name="service_deliver"),
    path("cases/<slug:code>/services/<uuid:pk>/helpful/", services.helpful, name="service_helpful"),
    path("cases/<slug:code>/services/<uuid:pk>/leave/", services.leave, name="service_leave"),
    path("cases/<slug:code>/services/<uuid:pk>/again/", services.again, name="service_again"),
]
