"""Pages that read across apps. They write nothing; their buttons post to the app that owns them."""
