"""The reply letter: what it says (model, builder) and how it looks (DOCX and PDF)."""
