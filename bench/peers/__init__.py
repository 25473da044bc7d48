"""Standfirst beside Ghost and WordPress, each with the same 500 stories, measured by turns in one run."""
