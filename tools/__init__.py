"""What runs before and around Django: private servers, fetched assets, the doctor, the demo."""
