--
-- PostgreSQL database dump
--

\restrict 5Xw"it's

SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
\connect "it's"
COMMENT ON SCHEMA public IS 'a string
\with a line that is no command
';
CREATE FUNCTION public.f() RETURNS text LANGUAGE sql AS $_$
\n
SELECT 1;
$_$;
CREATE TABLE public.t (a text, b text);
COPY public.t (a, b) FROM stdin;
it's	-- one
$$	/*
\N	"
\.
CREATE TABLE public.u (c int);
SELECT 1 \g
CREATE TABLE public.v (d int);
\unrestrict 5Xw"it's
