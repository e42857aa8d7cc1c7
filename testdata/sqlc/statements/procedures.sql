CREATE PROCEDURE hand_over(animal bigint, keeper_id bigint) LANGUAGE sql
    AS 'UPDATE animals SET keeper = keeper_id WHERE id = animal';
CREATE PROCEDURE totals(kind species, OUT n bigint, INOUT fee numeric DEFAULT 0) LANGUAGE plpgsql
    AS $$ BEGIN SELECT count(*), coalesce(sum(a.fee), 0) INTO n, fee FROM animals a WHERE a.kind = totals.kind; END $$;
CREATE PROCEDURE unnamed(bigint, INOUT text) LANGUAGE plpgsql AS $$ BEGIN END $$;
