"""The desk as files for other programs: JSON, CSV, feeds, calendars. They hold what pages show."""
