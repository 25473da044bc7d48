"""Markup for templates comes through the one door of the house."""

from standfirst.editions.trusted import NOTHING as NOTHING
from standfirst.editions.trusted import trusted as trusted
