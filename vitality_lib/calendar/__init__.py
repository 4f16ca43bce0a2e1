"""Rules turned into dates: the liturgical year, occurrences in the church's own zone, plain English, iCalendar.

Everything here is a pure function of a rule and of the dates that are asked for; nothing asks what day it is.
"""
