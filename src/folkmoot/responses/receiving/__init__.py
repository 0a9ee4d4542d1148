"""The screens of the admin with which responses are brought in: files, letters and e-mails."""
