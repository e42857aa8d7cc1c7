/*
 * Geometric types: doubles in network order, and before those of paths and polygons how many points there are. What
 * the server checks of a value (that a box's corners are in order, that a line is one) is left to it.
 */
#include "querc_private.h"

static void get_doubles(const char *data, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = qrt_get_8(data + 8 * i);
        memcpy(&out[i], &bits, sizeof bits);
    }
}

static bool write_doubles(Writer *writer, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &numbers[i], sizeof bits);
        if (!qrt_write_8(writer, bits))
            return false;
    }
    return true;
}

/* The types that are so many doubles and nothing else, in C as on the wire. */
#define DEFINE_FIXED(NAME, TYPE, COUNT)                                                                            \
    bool qrt_##NAME##_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len,            \
                                  void *value)                                                                     \
    {                                                                                                              \
        double numbers[COUNT];                                                                                     \
        (void)type;                                                                                                \
        if (len != 8 * (COUNT))                                                                                    \
            return qrt_bad_length(reader, 8 * (COUNT), len);                                                       \
        get_doubles(data, COUNT, numbers);                                                                         \
        memcpy(value, numbers, sizeof(TYPE));                                                                      \
        return true;                                                                                               \
    }                                                                                                              \
    bool qrt_##NAME##_to_binary(Writer *writer, const querc_type *type, const void *value)                         \
    {                                                                                                              \
        double numbers[COUNT];                                                                                     \
        (void)type;                                                                                                \
        memcpy(numbers, value, sizeof(TYPE));                                                                      \
        return write_doubles(writer, numbers, COUNT);                                                              \
    }

DEFINE_FIXED(point, querc_point, 2)
DEFINE_FIXED(line, querc_line, 3)
DEFINE_FIXED(lseg, querc_lseg, 4)
DEFINE_FIXED(box, querc_box, 4)
DEFINE_FIXED(circle, querc_circle, 3)

/* --- lists of points ------------------------------------------------------------------------------------------ */

/* A number, then so many points, and nothing behind them. */
static bool read_points(Reader *reader, const char *data, size_t len, const querc_point **points, size_t *count)
{
    if (len < 4)
        return qrt_bad_length(reader, 4, len);
    *count = qrt_get_4(data);
    if (*count != (len - 4) / 16 || (len - 4) % 16 != 0)
        return qrt_bad_value(reader, "%zu points in %zu bytes", *count, len - 4);
    querc_point *out = qrt_arena_alloc(reader->arena, *count * sizeof *out + 1);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < *count; i++) {
        double numbers[2];
        get_doubles(data + 4 + 16 * i, 2, numbers);
        out[i].x = numbers[0];
        out[i].y = numbers[1];
    }
    *points = out;
    return true;
}

static bool write_points(Writer *writer, const querc_point *points, size_t count)
{
    if (count > INT32_MAX / 16) {
        writer->problem = "is too long";
        return false;
    }
    if (!qrt_write_4(writer, (uint32_t)count))
        return false;
    for (size_t i = 0; i < count; i++) {
        const double numbers[2] = {points[i].x, points[i].y};
        if (!write_doubles(writer, numbers, 2))
            return false;
    }
    return true;
}

bool qrt_path_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    querc_path path = {NULL, 0, false};
    (void)type;
    if (len < 1)
        return qrt_bad_length(reader, 5, len);
    if (!read_points(reader, data + 1, len - 1, &path.points, &path.len))
        return false;
    path.is_closed = data[0] != 0;
    memcpy(value, &path, sizeof path);
    return true;
}

bool qrt_path_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_path *path = value;
    const unsigned char closed = path->is_closed;
    (void)type;
    return qrt_write(writer, &closed, 1) && write_points(writer, path->points, path->len);
}

bool qrt_polygon_from_binary(Reader *reader, const querc_type *type, const char *data, size_t len, void *value)
{
    querc_polygon polygon = {NULL, 0};
    (void)type;
    if (!read_points(reader, data, len, &polygon.points, &polygon.len))
        return false;
    memcpy(value, &polygon, sizeof polygon);
    return true;
}

bool qrt_polygon_to_binary(Writer *writer, const querc_type *type, const void *value)
{
    const querc_polygon *polygon = value;
    (void)type;
    return write_points(writer, polygon->points, polygon->len);
}
