/* Edges between objects: into and out of every object two lists, in order of creation. */
#include "catalog/state.h"

#include "base/vec.h"

static uint64_t node_key(ObjectAddress object)
{
    return (uint64_t)object.class << 32 | object.oid;
}

const GraphNode *graph_node(const Graph *graph, ObjectAddress object)
{
    static const GraphNode alone = {0};
    const GraphNode *node = intmap_get(&graph->nodes, node_key(object));
    return node ? node : &alone;
}

static GraphNode *make_node(Arena *arena, Graph *graph, ObjectAddress object)
{
    GraphNode *node = intmap_get(&graph->nodes, node_key(object));
    if (!node) {
        node = arena_new_of(arena, GraphNode);
        intmap_put(arena, &graph->nodes, node_key(object), node);
    }
    return node;
}

/* The places that point to an edge from its neighbours, be they edges or the ends of the list. */
static uint32_t *after(Graph *graph, Edge *edge, bool out)
{
    if (out)
        return edge->previous_out ? &graph->edges[edge->previous_out - 1].next_out : &edge->from->first_out;
    return edge->previous_in ? &graph->edges[edge->previous_in - 1].next_in : &edge->to->first_in;
}

static uint32_t *before(Graph *graph, Edge *edge, bool out)
{
    if (out)
        return edge->next_out ? &graph->edges[edge->next_out - 1].previous_out : &edge->from->last_out;
    return edge->next_in ? &graph->edges[edge->next_in - 1].previous_in : &edge->to->last_in;
}

static void link_edge(Graph *graph, uint32_t number)
{
    Edge *edge = &graph->edges[number - 1];
    *after(graph, edge, true) = *before(graph, edge, true) = number;
    *after(graph, edge, false) = *before(graph, edge, false) = number;
}

static void unlink_edge(Graph *graph, uint32_t number)
{
    Edge *edge = &graph->edges[number - 1];
    *after(graph, edge, true) = edge->next_out;
    *before(graph, edge, true) = edge->previous_out;
    *after(graph, edge, false) = edge->next_in;
    *before(graph, edge, false) = edge->previous_in;
}

void graph_add(Catalog *catalog, Graph *graph, const Dependency *dependency)
{
    GraphNode *from = make_node(catalog->arena, graph, dependency->dependent);
    GraphNode *to = make_node(catalog->arena, graph, dependency->referenced);
    graph->edges = vec_grow(catalog->arena, graph->edges, graph->len, &graph->cap, sizeof *graph->edges);
    graph->edges[graph->len++] = (Edge){.dependency = *dependency,
                                        .from = from,
                                        .to = to,
                                        .previous_out = from->last_out,
                                        .previous_in = to->last_in};
    link_edge(graph, (uint32_t)graph->len);
    journal_add(catalog, (Change){CHANGE_EDGE_ADDED, (uint32_t)graph->len, {.graph = graph->number}});
}

void graph_remove(Catalog *catalog, Graph *graph, uint32_t edge)
{
    unlink_edge(graph, edge);
    journal_add(catalog, (Change){CHANGE_EDGE_REMOVED, edge, {.graph = graph->number}});
}

void graph_undo_add(Graph *graph)
{
    unlink_edge(graph, (uint32_t)graph->len);
    graph->len--;
}

void graph_undo_remove(Graph *graph, uint32_t edge)
{
    link_edge(graph, edge);
}
