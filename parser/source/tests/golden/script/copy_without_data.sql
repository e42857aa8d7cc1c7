COPY t FROM stdin;
SELECT 1;
COPY t TO stdout;
SELECT 2;
