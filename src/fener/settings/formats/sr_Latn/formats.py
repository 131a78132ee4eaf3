"""Dates are read in the two ways that people of the region write them, and shown in one."""

DATE_FORMAT = "j. N Y."
DATETIME_FORMAT = "j. N Y. H:i"
SHORT_DATE_FORMAT = "d.m.Y."
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y.", "%d.%m.%Y", "%d. %m. %Y.", "%d. %m. %Y", "%d/%m/%Y"]
FIRST_DAY_OF_WEEK = 1
SHORT_DATETIME_FORMAT = "d.m.Y. H:i"
