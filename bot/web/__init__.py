"""The embedded chat and the review page in the browser: a thin adapter between forms and the desk."""
