/* Dependencies between objects (pg_depend), and inheritance (pg_inherits). */
#include "catalog/state.h"

void catalog_depend(Catalog *catalog, ObjectAddress dependent, ObjectAddress referenced, DependencyKind kind)
{
    Dependency dependency = {dependent, referenced, kind};
    graph_add(catalog, catalog->graphs[GRAPH_DEPENDENCY], &dependency);
}

DependencyList catalog_dependents(const Catalog *catalog, Arena *arena, ObjectAddress referenced)
{
    const Graph *graph = catalog->graphs[GRAPH_DEPENDENCY];
    VEC(Dependency) list = {0};
    for (uint32_t edge = graph_node(graph, referenced)->first_in; edge; edge = graph->edges[edge - 1].next_in) {
        const Dependency *dependency = &graph->edges[edge - 1].dependency;
        if (!referenced.sub || dependency->referenced.sub == referenced.sub)
            vec_push(arena, &list, *dependency);
    }
    return (DependencyList){list.items, list.len};
}

DependencyList catalog_references(const Catalog *catalog, Arena *arena, ObjectAddress dependent)
{
    const Graph *graph = catalog->graphs[GRAPH_DEPENDENCY];
    VEC(Dependency) list = {0};
    for (uint32_t edge = graph_node(graph, dependent)->first_out; edge; edge = graph->edges[edge - 1].next_out) {
        const Dependency *dependency = &graph->edges[edge - 1].dependency;
        if (!dependent.sub || dependency->dependent.sub == dependent.sub)
            vec_push(arena, &list, *dependency);
    }
    return (DependencyList){list.items, list.len};
}

void catalog_remove_references(Catalog *catalog, ObjectAddress dependent)
{
    Graph *graph = catalog->graphs[GRAPH_DEPENDENCY];
    for (uint32_t edge = graph_node(graph, dependent)->first_out, next; edge; edge = next) {
        next = graph->edges[edge - 1].next_out;
        if (!dependent.sub || graph->edges[edge - 1].dependency.dependent.sub == dependent.sub)
            graph_remove(catalog, graph, edge);
    }
}

OidList catalog_children(const Catalog *catalog, Arena *arena, Oid relation)
{
    const Graph *graph = catalog->graphs[GRAPH_INHERITANCE];
    VEC(Oid) children = {0};
    uint32_t edge = graph_node(graph, (ObjectAddress){CLASS_RELATION, relation, 0})->first_in;
    for (; edge; edge = graph->edges[edge - 1].next_in)
        vec_push(arena, &children, graph->edges[edge - 1].dependency.dependent.oid);
    return (OidList){children.items, children.len};
}
