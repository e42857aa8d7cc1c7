SELECT id FROM books;
