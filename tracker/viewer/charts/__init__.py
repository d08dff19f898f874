"""Charts as SVG, drawn when the website is built: legible at 340 pixels, told apart without colour."""
