"""Addresses of casework: the case itself, and the help that follows. They hold codes and random ids only."""

from fener.casework import urls_assistance as assistance_urls
from fener.casework import urls_case as case_urls
from fener.casework import urls_files as file_urls
from fener.casework import urls_privacy as privacy_urls
from fener.casework import urls_protection as protection_urls

app_name = "casework"
urlpatterns = [
    *case_urls.urlpatterns,
    *assistance_urls.urlpatterns,
    *file_urls.urlpatterns,
    *protection_urls.urlpatterns,
    *privacy_urls.urlpatterns,
]
