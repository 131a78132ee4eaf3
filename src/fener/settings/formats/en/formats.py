"""Dates are read in the two ways that people of the region write them, and shown in one."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "Y-m-d"
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%Y.", "%d. %m. %Y.", "%d. %m. %Y", "%d/%m/%Y"]
FIRST_DAY_OF_WEEK = 1
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
