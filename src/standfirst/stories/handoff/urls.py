"""What the readers' host hands to the application for staff, below `/-/`."""

from __future__ import annotations

from django.urls import path

from standfirst.stories.handoff import views

urlpatterns = [
    path("staff", views.arrive, name="staff_arrive"),
    path("staff/out", views.sign_out, name="staff_sign_out"),
    path("staff.js", views.script, name="staff_script"),
    path("staff/story/<str:story_id>", views.story_link, name="staff_story"),
]
