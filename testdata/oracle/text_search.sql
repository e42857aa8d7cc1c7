-- Text search: parameters of dictionaries, tokens and mappings of configurations, what depends on what.
CREATE TEXT SEARCH DICTIONARY d1 (template = simple, fly = 1);

CREATE TEXT SEARCH DICTIONARY d1 (template = simple, stopwords = english, accept = false);

CREATE TEXT SEARCH DICTIONARY d2 (template = simple, stopwords = english, stopwords = english);

CREATE TEXT SEARCH DICTIONARY d2 (template = simple, accept = false, accept = true);

CREATE TEXT SEARCH DICTIONARY d2 (template = simple, accept = maybe);

CREATE TEXT SEARCH DICTIONARY d2 (template = synonym);

CREATE TEXT SEARCH DICTIONARY d2 (template = synonym, synonyms = synonym_sample, casesensitive = 2);

CREATE TEXT SEARCH DICTIONARY d2 (template = synonym, synonyms = synonym_sample, casesensitive = maybe);

CREATE TEXT SEARCH DICTIONARY d3 (template = synonym, synonyms = synonym_sample, casesensitive = 1);

CREATE TEXT SEARCH DICTIONARY d4 (template = synonym, synonyms = synonym_sample, fly);

CREATE TEXT SEARCH DICTIONARY d4 (template = snowball);

CREATE TEXT SEARCH DICTIONARY d4 (template = snowball, language = klingon);

CREATE TEXT SEARCH DICTIONARY d4 (template = snowball, language = english, language = german);

CREATE TEXT SEARCH DICTIONARY d4 (template = snowball, language = English, stopwords = english);

CREATE TEXT SEARCH DICTIONARY d5 (template = snowball, language = english, fly = 1);

CREATE TEXT SEARCH DICTIONARY d5 (template = ispell);

CREATE TEXT SEARCH DICTIONARY d5 (template = ispell, dictfile = ispell_sample);

CREATE TEXT SEARCH DICTIONARY d5 (template = ispell, dictfile = ispell_sample, affFile = ispell_sample, afffile = x);

CREATE TEXT SEARCH DICTIONARY d5 (template = ispell, dictfile = ispell_sample, afffile = ispell_sample, stopwords = english);

CREATE TEXT SEARCH DICTIONARY d6 (template = ispell, fly = 1);

CREATE TEXT SEARCH DICTIONARY d6 (template = thesaurus);

CREATE TEXT SEARCH DICTIONARY d6 (template = thesaurus, dictfile = thesaurus_sample);

CREATE TEXT SEARCH DICTIONARY d6 (template = thesaurus, dictfile = thesaurus_sample, dictionary = english_stem);

CREATE TEXT SEARCH DICTIONARY d7 (template = thesaurus, dictfile = thesaurus_sample, dictionary = nosuch);

CREATE TEXT SEARCH DICTIONARY d7 (template = thesaurus, fly = 1);

CREATE TEXT SEARCH DICTIONARY d7 (template = simple, template = simple);

CREATE TEXT SEARCH DICTIONARY d7 (stopwords = english);

CREATE TEXT SEARCH DICTIONARY d1 (template = simple);

ALTER TEXT SEARCH DICTIONARY d1 (stopwords = german);

ALTER TEXT SEARCH DICTIONARY d1 (stopwords);

ALTER TEXT SEARCH DICTIONARY d1 (fly = 1);

ALTER TEXT SEARCH DICTIONARY d1 (accept = true, accept = false);

ALTER TEXT SEARCH DICTIONARY d1 (template = simple);

ALTER TEXT SEARCH DICTIONARY d3 (synonyms);

ALTER TEXT SEARCH DICTIONARY d4 (language);

ALTER TEXT SEARCH DICTIONARY d4 (language = german);

ALTER TEXT SEARCH DICTIONARY absent (language = german);

CREATE TEXT SEARCH CONFIGURATION c1 (parser = "default");

CREATE TEXT SEARCH CONFIGURATION c2 (copy = english);

CREATE TEXT SEARCH CONFIGURATION c3 (copy = absent);

ALTER TEXT SEARCH CONFIGURATION c1 ADD MAPPING FOR asciiword, word WITH english_stem, simple;

ALTER TEXT SEARCH CONFIGURATION c1 ADD MAPPING FOR fly WITH simple;

ALTER TEXT SEARCH CONFIGURATION c1 ADD MAPPING FOR hword WITH absent;

ALTER TEXT SEARCH CONFIGURATION c1 ADD MAPPING FOR hword, hword WITH simple;

ALTER TEXT SEARCH CONFIGURATION c1 ADD MAPPING FOR email WITH simple, simple;

ALTER TEXT SEARCH CONFIGURATION c1 ALTER MAPPING FOR asciiword, word WITH simple;

ALTER TEXT SEARCH CONFIGURATION c1 ALTER MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION c1 DROP MAPPING FOR url;

ALTER TEXT SEARCH CONFIGURATION c1 DROP MAPPING FOR url;

ALTER TEXT SEARCH CONFIGURATION c1 DROP MAPPING IF EXISTS FOR url;

ALTER TEXT SEARCH CONFIGURATION c1 DROP MAPPING IF EXISTS FOR fly;

ALTER TEXT SEARCH CONFIGURATION c2 DROP MAPPING FOR url, host;

ALTER TEXT SEARCH CONFIGURATION c2 DROP MAPPING FOR tag;

ALTER TEXT SEARCH CONFIGURATION c2 ALTER MAPPING REPLACE simple WITH d1;

ALTER TEXT SEARCH CONFIGURATION c2 ALTER MAPPING FOR word REPLACE english_stem WITH d1;

ALTER TEXT SEARCH CONFIGURATION c2 ALTER MAPPING FOR fly REPLACE english_stem WITH d1;

ALTER TEXT SEARCH CONFIGURATION c2 ALTER MAPPING REPLACE absent WITH d1;

DROP TEXT SEARCH DICTIONARY d1;

DROP TEXT SEARCH DICTIONARY d1 CASCADE;

DROP TEXT SEARCH DICTIONARY IF EXISTS d1;

ALTER TEXT SEARCH CONFIGURATION c2 ADD MAPPING FOR url WITH simple;

DROP TEXT SEARCH CONFIGURATION c1;

DROP TEXT SEARCH CONFIGURATION c1;

CREATE TEXT SEARCH TEMPLATE t1 (lexize = dsimple_lexize, init = dsimple_init);

CREATE TEXT SEARCH DICTIONARY d8 (template = t1, fly = 1);

CREATE TEXT SEARCH DICTIONARY d8 (template = t1);

CREATE TEXT SEARCH TEMPLATE t2 (lexize = dsimple_lexize);

CREATE TEXT SEARCH DICTIONARY d9 (template = t2, fly = 1);

CREATE TEXT SEARCH DICTIONARY d9 (template = t2);

DROP TEXT SEARCH TEMPLATE t1;

DROP TEXT SEARCH TEMPLATE t1 CASCADE;

CREATE TEXT SEARCH PARSER p1 (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

CREATE TEXT SEARCH CONFIGURATION c4 (parser = p1);

DROP TEXT SEARCH PARSER p1;

ALTER TEXT SEARCH CONFIGURATION c4 ADD MAPPING FOR asciiword WITH simple;

DROP TEXT SEARCH PARSER p1 CASCADE;

DROP TEXT SEARCH CONFIGURATION c4;
