"""A fictional force to click through. Installed only where settings.DEMO is on."""
