\echo Use "CREATE EXTENSION vector" to load this file. \quit
CREATE TYPE vector;
CREATE FUNCTION vector_in(cstring, oid, integer) RETURNS vector AS 'MODULE_PATHNAME' LANGUAGE C STRICT;
CREATE FUNCTION vector_out(vector) RETURNS cstring AS 'MODULE_PATHNAME' LANGUAGE C STRICT;
CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out);
CREATE FUNCTION l2_distance(vector, vector) RETURNS float8 AS 'MODULE_PATHNAME' LANGUAGE C STRICT;
CREATE OPERATOR @extschema@.<-> (LEFTARG = vector, RIGHTARG = vector, PROCEDURE = l2_distance);
