/* Geometric types (geo_ops.c): pairs of numbers in optional parentheses. */
#include "types/literal/check.h"

#include <math.h>
#include <string.h>

typedef struct Point {
    double x, y;
} Point;

/* A text being read, with the name its errors give the type. */
typedef struct Shape {
    Literal *in;
    const char *type_name;
    const char *at;
} Shape;

static bool shape_fail(Shape *shape)
{
    return literal_bad_syntax(shape->in, shape->type_name);
}

static void skip(Shape *shape)
{
    shape->at = skip_spaces(shape->at);
}

static bool read_number(Shape *shape, double *value)
{
    return literal_scan_float(shape->in, shape->type_name, &shape->at, value);
}

/* pair_decode */
static bool read_pair(Shape *shape, Point *point)
{
    skip(shape);
    bool parenthesis = *shape->at == '(';
    if (parenthesis)
        shape->at++;
    if (!read_number(shape, &point->x))
        return false;
    if (*shape->at++ != ',')
        return shape_fail(shape);
    if (!read_number(shape, &point->y))
        return false;
    if (!parenthesis)
        return true;
    if (*shape->at++ != ')')
        return shape_fail(shape);
    skip(shape);
    return true;
}

/* The parentheses around a list of points; brackets, where the type has them, stand for an open path. */
static bool open_list(Shape *shape, bool may_be_open, bool *open, int *depth)
{
    skip(shape);
    *open = *shape->at == '[';
    *depth = 0;
    if (*open) {
        *depth = 1;
        shape->at++;
        return may_be_open || shape_fail(shape);
    }
    if (*shape->at == '(') {
        const char *next = skip_spaces(shape->at + 1);
        if (*next == '(' || strrchr(shape->at, '(') == shape->at) {
            *depth = 1;
            shape->at = next;
        }
    }
    return true;
}

/* path_decode: n points, the last two of which are kept. */
static bool read_points(Shape *shape, bool may_be_open, size_t n, Point points[2])
{
    bool open;
    int depth;
    if (!open_list(shape, may_be_open, &open, &depth))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!read_pair(shape, &points[i % 2]))
            return false;
        if (*shape->at == ',')
            shape->at++;
    }
    for (; depth > 0; depth--) {
        if (*shape->at != ')' && !(*shape->at == ']' && open && depth == 1))
            return shape_fail(shape);
        shape->at++;
        skip(shape);
    }
    return true;
}

static bool at_end(Shape *shape)
{
    return *shape->at == '\0' || shape_fail(shape);
}

/* pair_count: 0 when the commas can't be those of pairs. */
static size_t count_pairs(const char *text)
{
    size_t commas = 0;
    for (; *text; text++)
        commas += *text == ',';
    return commas % 2 ? (commas + 1) / 2 : 0;
}

static bool read_two_points(Literal *in, const char *type_name, bool may_be_open)
{
    Shape shape = {in, type_name, in->text};
    Point points[2];
    return read_points(&shape, may_be_open, 2, points) && at_end(&shape);
}

bool input_point(Literal *in)
{
    Shape shape = {in, "point", in->text};
    Point point;
    return read_pair(&shape, &point) && at_end(&shape);
}

bool input_box(Literal *in)
{
    return read_two_points(in, "box", false);
}

bool input_lseg(Literal *in)
{
    return read_two_points(in, "lseg", true);
}

bool input_polygon(Literal *in)
{
    Shape shape = {in, "polygon", in->text};
    Point points[2];
    size_t n = count_pairs(in->text);
    return n ? read_points(&shape, false, n, points) && at_end(&shape) : shape_fail(&shape);
}

bool input_path(Literal *in)
{
    Shape shape = {in, "path", in->text};
    Point points[2];
    size_t n = count_pairs(in->text);
    if (!n)
        return shape_fail(&shape);
    skip(&shape);
    bool parenthesis = *shape.at == '(' && strrchr(shape.at, '(') == shape.at;
    if (parenthesis)
        shape.at++;
    if (!read_points(&shape, true, n, points))
        return false;
    if (parenthesis) {
        if (*shape.at++ != ')')
            return shape_fail(&shape);
        skip(&shape);
    }
    return at_end(&shape);
}

bool input_circle(Literal *in)
{
    Shape shape = {in, "circle", in->text};
    Point centre;
    double radius;
    bool outer = false;
    skip(&shape);
    bool angle = *shape.at == '<';
    if (angle) {
        shape.at++;
        outer = true;
    } else if (*shape.at == '(') {
        const char *next = skip_spaces(shape.at + 1);
        outer = *next == '(';
        if (outer)
            shape.at = next;
    }
    if (!read_pair(&shape, &centre))
        return false;
    if (*shape.at == ',')
        shape.at++;
    if (!read_number(&shape, &radius))
        return false;
    if (radius < 0)
        return shape_fail(&shape);
    if (outer) {
        if (*shape.at != ')' && *shape.at != '>')
            return shape_fail(&shape);
        shape.at++;
        skip(&shape);
    }
    return at_end(&shape);
}

/* ---- Lines: "{A,B,C}", or two points ---- */

/* FPzero, FPeq */
static const double epsilon = 1.0e-6;

static bool is_same(double a, double b)
{
    return a == b || fabs(a - b) <= epsilon;
}

static bool read_equation(Shape *shape)
{
    double factors[3];
    for (int i = 0; i < 3; i++) {
        if (!read_number(shape, &factors[i]))
            return false;
        if (*shape->at++ != (i < 2 ? ',' : '}'))
            return shape_fail(shape);
    }
    skip(shape);
    if (*shape->at)
        return shape_fail(shape);
    return fabs(factors[0]) > epsilon || fabs(factors[1]) > epsilon || isnan(factors[0]) || isnan(factors[1]) ||
           literal_fail(shape->in, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                        "invalid line specification: A and B cannot both be zero");
}

bool input_line(Literal *in)
{
    Shape shape = {in, "line", in->text};
    skip(&shape);
    if (*shape.at == '{') {
        shape.at++;
        return read_equation(&shape);
    }
    Point points[2];
    if (!read_points(&shape, true, 2, points) || !at_end(&shape))
        return false;
    return !is_same(points[0].x, points[1].x) || !is_same(points[0].y, points[1].y) ||
           literal_fail(in, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                        "invalid line specification: must be two distinct points");
}
