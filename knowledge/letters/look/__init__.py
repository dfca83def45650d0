"""The municipality's own look: its profile, logo, fonts and Word templates, checked when they are brought."""
