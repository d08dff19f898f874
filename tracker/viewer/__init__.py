"""The website: pages made from tickets, put into the frame of an MkDocs theme."""
