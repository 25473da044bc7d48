"""The addresses of the application behind the readers' host, for tests in a process that plays the desk."""

from standfirst.project.urls import public_urls

urlpatterns = public_urls()
