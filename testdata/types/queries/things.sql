-- name: ListThings :many
SELECT * FROM things WHERE id < 100 ORDER BY id;

-- name: GetThings :batchone
SELECT * FROM things WHERE id = $1;

-- name: AddThing :execrows
INSERT INTO things (id, bo, i2, i4, i8, f4, f8, n, money, t, v, c, ch, nm, by, u, d, ti, tz, ts, tstz, iv, j, jb, jp, x, inet, cidr, mac, mac8, mac8s, bits, vbits, o, rc, xi, x8, ci, tid, lsn, pt, ln, ls, bx, pa, po, cc, r4, r8, rn, rts, rtz, rd, m4, mn, md, tv, tq, ct, lt, hs, secret, mood, dom, comp, fr, fm, pr, i4s, texts, moods, doms, comps, pts, rs, frs, tvs, hss, dates) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79);

-- name: AddThings :batchexec
INSERT INTO things (id, bo, i2, i4, i8, f4, f8, n, money, t, v, c, ch, nm, by, u, d, ti, tz, ts, tstz, iv, j, jb, jp, x, inet, cidr, mac, mac8, mac8s, bits, vbits, o, rc, xi, x8, ci, tid, lsn, pt, ln, ls, bx, pa, po, cc, r4, r8, rn, rts, rtz, rd, m4, mn, md, tv, tq, ct, lt, hs, secret, mood, dom, comp, fr, fm, pr, i4s, texts, moods, doms, comps, pts, rs, frs, tvs, hss, dates) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79);

-- name: CopyThings :copyfrom
INSERT INTO things (id, bo, i2, i4, i8, f4, f8, n, money, t, v, c, ch, nm, by, u, d, ti, tz, ts, tstz, iv, j, jb, jp, x, inet, cidr, mac, mac8, mac8s, bits, vbits, o, rc, xi, x8, ci, tid, lsn, pt, ln, ls, bx, pa, po, cc, r4, r8, rn, rts, rtz, rd, m4, mn, md, ct, lt, hs, secret, mood, dom, comp, fr, fm, pr, i4s, texts, moods, doms, comps, pts, rs, frs, hss, dates) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72, $73, $74, $75, $76);

-- name: BulkThings :bulkexec
INSERT INTO things (id, bo, i2, i4, i8, f4, f8, n, money, t, v, c, ch, nm, by, u, d, ti, tz, ts, tstz, iv, j, jb, jp, x, inet, cidr, mac, mac8, bits, vbits, o, rc, xi, x8, ci, tid, lsn, pt, ln, ls, bx, pa, po, cc, r4, r8, rn, rts, rtz, rd, m4, mn, md, tv, tq, ct, lt, hs, secret, mood, dom, fr, fm, pr)
SELECT * FROM unnest(@id::int[], @bo::bool[], @i2::int2[], @i4::int4[], @i8::int8[], @f4::float4[], @f8::float8[], @n::numeric[], @money::money[], @t::text[], @v::varchar(20)[], @c::char(5)[], @ch::"char"[], @nm::name[], @by::bytea[], @u::uuid[], @d::date[], @ti::time[], @tz::timetz[], @ts::timestamp[], @tstz::timestamptz[], @iv::interval[], @j::json[], @jb::jsonb[], @jp::jsonpath[], @x::xml[], @inet::inet[], @cidr::cidr[], @mac::macaddr[], @mac8::macaddr8[], @bits::bit(9)[], @vbits::varbit[], @o::oid[], @rc::regclass[], @xi::xid[], @x8::xid8[], @ci::cid[], @tid::tid[], @lsn::pg_lsn[], @pt::point[], @ln::line[], @ls::lseg[], @bx::box[], @pa::path[], @po::polygon[], @cc::circle[], @r4::int4range[], @r8::int8range[], @rn::numrange[], @rts::tsrange[], @rtz::tstzrange[], @rd::daterange[], @m4::int4multirange[], @mn::nummultirange[], @md::datemultirange[], @tv::tsvector[], @tq::tsquery[], @ct::citext[], @lt::ltree[], @hs::hstore[], @secret::cube[], @mood::mood[], @dom::positive[], @fr::floatrange[], @fm::floatmultirange[], @pr::pairrange[]);

-- name: GetShown :one
-- In text format, which is all that is known of a cube.
SELECT * FROM shown WHERE id = $1;

-- name: CountDifferent :one
-- Rows that are not what the row below the offset is, but for what COPY can't take.
SELECT count(*) FROM things a LEFT JOIN things b ON b.id = a.id + @distance::int
WHERE a.id < 100
  AND (to_jsonb(a) - 'id' - @without::text[]) IS DISTINCT FROM (to_jsonb(b) - 'id' - @without::text[]);

-- name: WhichDiffer :many
SELECT o.key FROM things a JOIN things b ON b.id = a.id + @distance::int, jsonb_each_text(to_jsonb(a)) o
WHERE a.id < 100 AND o.key <> 'id' AND o.value IS DISTINCT FROM to_jsonb(b) ->> o.key;
