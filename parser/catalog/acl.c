/* Roles, owners and privileges: PostgreSQL's utils/adt/acl.c and the pg_*_aclmask functions of catalog/aclchk.c
 * (documentation, "Privileges").
 *
 * Only DDL is seen here, never the server: of a role that DDL did not create neither the attributes nor the
 * memberships are known, and a known role that is a member of such a one may be a member of anything. Every
 * question therefore has three answers, and nothing may be refused but upon CERTAINLY_NOT. */
#include "catalog/state.h"

#include "base/vec.h"

#include <string.h>

/* ---- The current role ---- */

void catalog_set_role(Catalog *catalog, Oid role)
{
    catalog->role.current = role;
    catalog->path->resolved = NULL;
}

Oid catalog_role(const Catalog *catalog)
{
    return catalog->role.current;
}

void catalog_doubt_privileges(Catalog *catalog)
{
    catalog->role.doubtful = true;
    catalog->path->resolved = NULL;
}

bool catalog_doubts_privileges(const Catalog *catalog)
{
    return catalog->role.doubtful;
}

void catalog_doubt_grants(Catalog *catalog, ObjectClass class)
{
    catalog->role.doubtful_grants |= (uint64_t)1 << class;
    catalog->path->resolved = NULL;
}

/* What a missing permission is worth. */
static Certainty denied(const Catalog *catalog)
{
    return catalog->role.doubtful ? UNCERTAIN : CERTAINLY_NOT;
}

/* ---- Membership ---- */

const RoleState *catalog_role_state(const Catalog *catalog, Oid role)
{
    const NamedObject *object = catalog_object(catalog, CLASS_ROLE, role);
    return object ? object->role : NULL;
}

static bool is_known(const RoleState *state)
{
    return state && state->knowledge == ROLE_CREATED;
}

Certainty catalog_role_is_superuser(const Catalog *catalog, Oid role)
{
    if (role == ROLE_SUPERUSER)
        return CERTAINLY;
    const RoleState *state = catalog_role_state(catalog, role);
    if (!is_known(state))
        return UNCERTAIN;
    return state->superuser ? CERTAINLY : denied(catalog);
}

enum { FIRST_GRANTS_THAT_INHERIT = 16 };

/* roles_is_member_of: follows the grants from role to `of`, each role once. */
static Certainty reaches(const Catalog *catalog, Oid role, Oid of, bool inherited)
{
    Arena *scratch = arena_new();
    VEC(Oid) roles = {0};
    IntMap seen = {0};
    Certainty answer = denied(catalog);
    bool by_grant = catalog->version >= FIRST_GRANTS_THAT_INHERIT;
    vec_push(scratch, &roles, role);
    intmap_put(scratch, &seen, role, &seen);
    for (size_t i = 0; i < roles.len && answer != CERTAINLY; i++) {
        const RoleState *state = catalog_role_state(catalog, roles.items[i]);
        if (roles.items[i] == of)
            answer = CERTAINLY;
        else if (!is_known(state) && roles.items[i] != ROLE_SUPERUSER)
            answer = UNCERTAIN;
        for (size_t k = 0; state && k < state->nmember_of; k++) {
            const RoleMembership *membership = &state->member_of[k];
            bool passed_on = by_grant ? membership->inherits : state->inherit;
            if ((passed_on || !inherited) && !intmap_put(scratch, &seen, membership->role, &seen))
                vec_push(scratch, &roles, membership->role);
        }
    }
    arena_free(scratch);
    return answer;
}

static Certainty ask(const Catalog *catalog, Oid role, Oid of, bool inherited)
{
    if (role == of || catalog_role_is_superuser(catalog, role) == CERTAINLY)
        return CERTAINLY;
    return reaches(catalog, role, of, inherited);
}

Certainty catalog_role_has_privileges_of(const Catalog *catalog, Oid role, Oid of)
{
    return ask(catalog, role, of, true);
}

Certainty catalog_role_is_member(const Catalog *catalog, Oid role, Oid of)
{
    return ask(catalog, role, of, false);
}

/* ---- Owners ---- */

static IndexKey owner_key(ObjectAddress object)
{
    return (IndexKey){INDEX_OWNER, (Oid)object.class, object.oid, ""};
}

/* The object whose owner is this one's too. */
static ObjectAddress owned_with(const Catalog *catalog, ObjectAddress object)
{
    const Type *type = object.class == CLASS_TYPE ? catalog_type(catalog, object.oid) : NULL;
    if (type && catalog_is_array(type) && type->element) {
        object.oid = type->element;
        type = catalog_type(catalog, object.oid);
    }
    if (type && type->range)
        object.oid = type->range;
    Oid oid = type && type->relation ? type->relation : object.class == CLASS_RELATION ? object.oid : INVALID_OID;
    const Relation *relation = oid ? catalog_relation(catalog, oid) : NULL;
    if (!relation)
        return object;
    if (relation->kind == RELKIND_COMPOSITE)
        return (ObjectAddress){CLASS_TYPE, relation->row_type, 0};
    return (ObjectAddress){CLASS_RELATION, relation->index ? relation->index->table : oid, 0};
}

static bool class_has_owner(ObjectClass class)
{
    static const bool without[] = {
        [CLASS_CAST] = true,       [CLASS_TRANSFORM] = true, [CLASS_ROLE] = true,         [CLASS_TS_PARSER] = true,
        [CLASS_CONSTRAINT] = true, [CLASS_DEFAULT] = true,   [CLASS_TS_TEMPLATE] = true,  [CLASS_RULE] = true,
        [CLASS_TRIGGER] = true,    [CLASS_POLICY] = true,    [CLASS_ACCESS_METHOD] = true};
    return (size_t) class >= sizeof without / sizeof *without || !without[class];
}

bool catalog_has_own_owner(const Catalog *catalog, ObjectAddress object)
{
    ObjectAddress of = owned_with(catalog, object);
    return class_has_owner(object.class) && of.class == object.class && of.oid == object.oid;
}

Oid catalog_owner(const Catalog *catalog, ObjectAddress object)
{
    Oid owner = index_get(catalog, owner_key(owned_with(catalog, object))).oid;
    return owner ? owner : ROLE_SUPERUSER;
}

/* ---- Privileges ---- */

unsigned catalog_all_privileges(ObjectClass class, char kind)
{
    switch ((int)class) {
    case CLASS_RELATION:
        if (kind == RELKIND_SEQUENCE)
            return PRIVILEGE_SELECT | PRIVILEGE_UPDATE | PRIVILEGE_USAGE;
        return PRIVILEGE_INSERT | PRIVILEGE_SELECT | PRIVILEGE_UPDATE | PRIVILEGE_DELETE | PRIVILEGE_TRUNCATE |
               PRIVILEGE_REFERENCES | PRIVILEGE_TRIGGER;
    case CLASS_SCHEMA:
        return PRIVILEGE_USAGE | PRIVILEGE_CREATE;
    case CLASS_DATABASE:
        return PRIVILEGE_CREATE | PRIVILEGE_TEMPORARY | PRIVILEGE_CONNECT;
    case CLASS_FUNCTION:
        return PRIVILEGE_EXECUTE;
    case CLASS_TYPE:
    case CLASS_LANGUAGE:
    case CLASS_FDW:
    case CLASS_SERVER:
        return PRIVILEGE_USAGE;
    default:
        return 0;
    }
}

/* What everybody may do by default. What was there before DDL began may have been granted to anybody since it was
 * made: that is all of it, until DDL revokes something. */
static unsigned public_privileges(const Catalog *catalog, ObjectAddress object, unsigned all)
{
    const Schema *schema = object.class == CLASS_SCHEMA ? catalog_schema(catalog, object.oid) : NULL;
    if (builtin_schema(object.oid) && schema)
        return PRIVILEGE_USAGE;
    if (object.class == CLASS_DATABASE)
        return PRIVILEGE_TEMPORARY | PRIVILEGE_CONNECT;
    bool is_temporary = schema && strcmp(schema->name, "pg_temp") == 0;
    if (object.oid < FIRST_USER_OID || is_temporary)
        return all;
    return object.class == CLASS_FUNCTION || object.class == CLASS_TYPE || object.class == CLASS_LANGUAGE ? all : 0;
}

static IndexKey acl_key(ObjectAddress object)
{
    return (IndexKey){INDEX_ACL, (Oid)object.class, object.oid, ""};
}

Acl catalog_acl(const Catalog *catalog, Arena *arena, ObjectAddress object)
{
    const Acl *granted = index_get(catalog, acl_key(object)).pointer;
    if (granted)
        return *granted;
    const Relation *relation = object.class == CLASS_RELATION ? catalog_relation(catalog, object.oid) : NULL;
    unsigned all = catalog_all_privileges(object.class, relation ? relation->kind : 0);
    Oid owner = catalog_owner(catalog, object);
    AclItem *items = arena_array_of(arena, 2, AclItem);
    items[0] = (AclItem){owner, owner, all, 0};
    items[1] = (AclItem){ROLE_PUBLIC, owner, public_privileges(catalog, object, all), 0};
    return (Acl){items, items[1].privileges ? 2 : 1};
}

void catalog_set_acl(Catalog *catalog, ObjectAddress object, Acl acl)
{
    Acl *kept = arena_new_of(catalog->arena, Acl);
    *kept = (Acl){arena_memdup(catalog->arena, acl.items, acl.len * sizeof *acl.items), acl.len};
    index_set(catalog, acl_key(object), (IndexValue){.pointer = kept});
    if (object.class == CLASS_SCHEMA)
        catalog->path->resolved = NULL;
}

/* aclnewowner: what was the old owner's is the new one's. */
static void pass_privileges_on(Catalog *catalog, ObjectAddress object, Oid from, Oid to)
{
    const Acl *old = index_get(catalog, acl_key(object)).pointer;
    if (!old || from == to)
        return;
    AclItem *items = arena_memdup(catalog->arena, old->items, old->len * sizeof *items);
    for (size_t i = 0; i < old->len; i++) {
        items[i].grantee = items[i].grantee == from ? to : items[i].grantee;
        items[i].grantor = items[i].grantor == from ? to : items[i].grantor;
    }
    catalog_set_acl(catalog, object, (Acl){items, old->len});
}

void catalog_set_owner(Catalog *catalog, ObjectAddress object, Oid role)
{
    if (!class_has_owner(object.class))
        return;
    pass_privileges_on(catalog, object, catalog_owner(catalog, object), role);
    index_set(catalog, owner_key(owned_with(catalog, object)), (IndexValue){.oid = role});
    if (object.class == CLASS_SCHEMA)
        catalog->path->resolved = NULL;
}

Certainty catalog_role_may(const Catalog *catalog, Oid role, ObjectAddress object, unsigned privileges)
{
    if (catalog_role_is_superuser(catalog, role) == CERTAINLY)
        return CERTAINLY;
    Arena *scratch = arena_new();
    Acl acl = catalog_acl(catalog, scratch, object);
    bool doubtful = catalog->role.doubtful_grants & (uint64_t)1 << object.class;
    Certainty answer = doubtful ? UNCERTAIN : denied(catalog);
    for (size_t i = 0; i < acl.len && answer != CERTAINLY; i++) {
        const AclItem *item = &acl.items[i];
        if (!(item->privileges & privileges))
            continue;
        Certainty member =
            item->grantee == ROLE_PUBLIC ? CERTAINLY : catalog_role_has_privileges_of(catalog, role, item->grantee);
        answer = member == CERTAINLY_NOT ? answer : member;
    }
    arena_free(scratch);
    /* Predefined roles such as pg_read_all_data may do things without being granted them. */
    return answer == CERTAINLY_NOT ? reaches(catalog, role, ROLE_PUBLIC, true) : answer;
}

bool catalog_may_use_schema(const Catalog *catalog, Oid schema)
{
    return catalog->role.current == ROLE_SUPERUSER ||
           catalog_role_may(catalog, catalog->role.current, (ObjectAddress){CLASS_SCHEMA, schema, 0},
                            PRIVILEGE_USAGE) != CERTAINLY_NOT;
}
