-- Members of operator classes: which of them a class needs, and which go with what they name.
CREATE TYPE cx AS (a int);

CREATE FUNCTION cx_lt(cx, cx) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a < $2.a';

CREATE FUNCTION cx_eq(cx, cx) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a = $2.a';

CREATE FUNCTION cx_int(cx, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a = $2';

CREATE FUNCTION cx_cmp(cx, cx) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1.a - $2.a';

CREATE FUNCTION cx_sort(internal) RETURNS void LANGUAGE internal AS 'btint4sortsupport';

CREATE FUNCTION cx_compress(internal) RETURNS internal LANGUAGE internal AS 'gist_point_compress';

CREATE OPERATOR <# (LEFTARG = cx, RIGHTARG = cx, FUNCTION = cx_lt);

CREATE OPERATOR =# (LEFTARG = cx, RIGHTARG = cx, FUNCTION = cx_eq);

CREATE OPERATOR =# (LEFTARG = cx, RIGHTARG = integer, FUNCTION = cx_int);

CREATE OPERATOR ~# (LEFTARG = cx, RIGHTARG = cx, FUNCTION = cx_eq);

CREATE OPERATOR CLASS cx_ops DEFAULT FOR TYPE cx USING btree AS OPERATOR 1 <#, OPERATOR 3 =#, OPERATOR 3 =# (cx, integer), FUNCTION 1 cx_cmp(cx, cx), FUNCTION 2 cx_sort(internal);

ALTER OPERATOR FAMILY cx_ops USING btree DROP FUNCTION 1 (cx);

ALTER OPERATOR FAMILY cx_ops USING btree DROP OPERATOR 3 (cx);

ALTER OPERATOR FAMILY cx_ops USING btree DROP FUNCTION 2 (cx);

ALTER OPERATOR FAMILY cx_ops USING btree DROP FUNCTION 2 (cx);

DROP FUNCTION cx_sort(internal);

DROP FUNCTION cx_cmp(cx, cx);

DROP OPERATOR <# (cx, cx);

DROP OPERATOR =# (cx, integer);

ALTER OPERATOR FAMILY cx_ops USING btree DROP OPERATOR 3 (cx, integer);

DROP OPERATOR CLASS cx_ops USING btree;

DROP OPERATOR <# (cx, cx);

DROP OPERATOR FAMILY cx_ops USING btree;

CREATE OPERATOR FAMILY cxg USING gist;

ALTER OPERATOR FAMILY cxg USING gist ADD OPERATOR 1 ~# (cx, cx), FUNCTION 3 (cx) cx_compress(internal);

ALTER OPERATOR FAMILY cxg USING gist ADD OPERATOR 1 ~# (cx, cx);

ALTER OPERATOR FAMILY cxg USING gist DROP FUNCTION 3 (cx);

DROP FUNCTION cx_compress(internal);

DROP OPERATOR ~# (cx, cx);

ALTER OPERATOR FAMILY cxg USING gist DROP OPERATOR 1 (cx);

CREATE OPERATOR CLASS cxb_ops FOR TYPE cx USING brin AS OPERATOR 1 =#;

DROP OPERATOR =# (cx, cx);

ALTER OPERATOR FAMILY cxb_ops USING brin DROP OPERATOR 1 (cx);
