\connect - postgres
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.books (
    id integer NOT NULL,
    author_id bigint NOT NULL,
    title text NOT NULL,
    price numeric(10,2)
);
COPY public.books (id, author_id, title, price) FROM stdin;
1	1	Überall	\N
\.
ALTER TABLE ONLY public.books ADD CONSTRAINT books_pkey PRIMARY KEY (id);
