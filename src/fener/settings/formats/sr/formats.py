"""Dates are read in the two ways that people of the region write them, and shown in one."""

DATE_FORMAT = "j. F Y"  # no full stop at its end: dates stand inside sentences
DATETIME_FORMAT = "j. F Y, H:i"
SHORT_DATE_FORMAT = "d.m.Y"
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%Y.", "%d. %m. %Y.", "%d. %m. %Y", "%d/%m/%Y"]
FIRST_DAY_OF_WEEK = 1
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
