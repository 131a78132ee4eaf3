"""The whole path of five people, as whoever works with them sees it in the browser."""
