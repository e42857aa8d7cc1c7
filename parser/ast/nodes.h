/* The raw parse tree's node kinds under short names.
 *
 * libpg_query's protobuf messages keep the names of PostgreSQL's own node types (src/include/nodes/parsenodes.h and
 * primnodes.h), so that PgQuery__SelectStmt is AstSelectStmt here and its kind AST_SELECT_STMT. Nodes that only the
 * planner or the executor makes are not listed. Enumerations keep libpg_query's names (PG_QUERY__JOIN_TYPE__...).
 */
#ifndef QUERC_AST_NODES_H
#define QUERC_AST_NODES_H

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

/* X(type, kind): the member of the AstNode union has the kind's name in lower case. */
#define AST_NODES(X)                                                                                               \
    X(Alias, ALIAS)                                                                                                \
    X(RangeVar, RANGE_VAR)                                                                                         \
    X(GroupingFunc, GROUPING_FUNC)                                                                                 \
    X(NamedArgExpr, NAMED_ARG_EXPR)                                                                                \
    X(BoolExpr, BOOL_EXPR)                                                                                         \
    X(SubLink, SUB_LINK)                                                                                           \
    X(CollateExpr, COLLATE_EXPR)                                                                                   \
    X(CaseExpr, CASE_EXPR)                                                                                         \
    X(CaseWhen, CASE_WHEN)                                                                                         \
    X(RowExpr, ROW_EXPR)                                                                                           \
    X(CoalesceExpr, COALESCE_EXPR)                                                                                 \
    X(MinMaxExpr, MIN_MAX_EXPR)                                                                                    \
    X(SQLValueFunction, SQLVALUE_FUNCTION)                                                                         \
    X(XmlExpr, XML_EXPR)                                                                                           \
    X(NullTest, NULL_TEST)                                                                                         \
    X(BooleanTest, BOOLEAN_TEST)                                                                                   \
    X(SetToDefault, SET_TO_DEFAULT)                                                                                \
    X(CurrentOfExpr, CURRENT_OF_EXPR)                                                                              \
    X(JoinExpr, JOIN_EXPR)                                                                                         \
    X(IntoClause, INTO_CLAUSE)                                                                                     \
    X(MergeAction, MERGE_ACTION)                                                                                   \
    X(RawStmt, RAW_STMT)                                                                                           \
    X(InsertStmt, INSERT_STMT)                                                                                     \
    X(DeleteStmt, DELETE_STMT)                                                                                     \
    X(UpdateStmt, UPDATE_STMT)                                                                                     \
    X(MergeStmt, MERGE_STMT)                                                                                       \
    X(SelectStmt, SELECT_STMT)                                                                                     \
    X(ReturnStmt, RETURN_STMT)                                                                                     \
    X(PLAssignStmt, PLASSIGN_STMT)                                                                                 \
    X(AlterTableStmt, ALTER_TABLE_STMT)                                                                            \
    X(AlterTableCmd, ALTER_TABLE_CMD)                                                                              \
    X(AlterDomainStmt, ALTER_DOMAIN_STMT)                                                                          \
    X(SetOperationStmt, SET_OPERATION_STMT)                                                                        \
    X(GrantStmt, GRANT_STMT)                                                                                       \
    X(GrantRoleStmt, GRANT_ROLE_STMT)                                                                              \
    X(AlterDefaultPrivilegesStmt, ALTER_DEFAULT_PRIVILEGES_STMT)                                                   \
    X(ClosePortalStmt, CLOSE_PORTAL_STMT)                                                                          \
    X(ClusterStmt, CLUSTER_STMT)                                                                                   \
    X(CopyStmt, COPY_STMT)                                                                                         \
    X(CreateStmt, CREATE_STMT)                                                                                     \
    X(DefineStmt, DEFINE_STMT)                                                                                     \
    X(DropStmt, DROP_STMT)                                                                                         \
    X(TruncateStmt, TRUNCATE_STMT)                                                                                 \
    X(CommentStmt, COMMENT_STMT)                                                                                   \
    X(FetchStmt, FETCH_STMT)                                                                                       \
    X(IndexStmt, INDEX_STMT)                                                                                       \
    X(CreateFunctionStmt, CREATE_FUNCTION_STMT)                                                                    \
    X(AlterFunctionStmt, ALTER_FUNCTION_STMT)                                                                      \
    X(DoStmt, DO_STMT)                                                                                             \
    X(RenameStmt, RENAME_STMT)                                                                                     \
    X(RuleStmt, RULE_STMT)                                                                                         \
    X(NotifyStmt, NOTIFY_STMT)                                                                                     \
    X(ListenStmt, LISTEN_STMT)                                                                                     \
    X(UnlistenStmt, UNLISTEN_STMT)                                                                                 \
    X(TransactionStmt, TRANSACTION_STMT)                                                                           \
    X(ViewStmt, VIEW_STMT)                                                                                         \
    X(LoadStmt, LOAD_STMT)                                                                                         \
    X(CreateDomainStmt, CREATE_DOMAIN_STMT)                                                                        \
    X(CreatedbStmt, CREATEDB_STMT)                                                                                 \
    X(DropdbStmt, DROPDB_STMT)                                                                                     \
    X(VacuumStmt, VACUUM_STMT)                                                                                     \
    X(ExplainStmt, EXPLAIN_STMT)                                                                                   \
    X(CreateTableAsStmt, CREATE_TABLE_AS_STMT)                                                                     \
    X(CreateSeqStmt, CREATE_SEQ_STMT)                                                                              \
    X(AlterSeqStmt, ALTER_SEQ_STMT)                                                                                \
    X(VariableSetStmt, VARIABLE_SET_STMT)                                                                          \
    X(VariableShowStmt, VARIABLE_SHOW_STMT)                                                                        \
    X(DiscardStmt, DISCARD_STMT)                                                                                   \
    X(CreateTrigStmt, CREATE_TRIG_STMT)                                                                            \
    X(CreatePLangStmt, CREATE_PLANG_STMT)                                                                          \
    X(CreateRoleStmt, CREATE_ROLE_STMT)                                                                            \
    X(AlterRoleStmt, ALTER_ROLE_STMT)                                                                              \
    X(DropRoleStmt, DROP_ROLE_STMT)                                                                                \
    X(LockStmt, LOCK_STMT)                                                                                         \
    X(ConstraintsSetStmt, CONSTRAINTS_SET_STMT)                                                                    \
    X(ReindexStmt, REINDEX_STMT)                                                                                   \
    X(CheckPointStmt, CHECK_POINT_STMT)                                                                            \
    X(CreateSchemaStmt, CREATE_SCHEMA_STMT)                                                                        \
    X(AlterDatabaseStmt, ALTER_DATABASE_STMT)                                                                      \
    X(AlterDatabaseRefreshCollStmt, ALTER_DATABASE_REFRESH_COLL_STMT)                                              \
    X(AlterDatabaseSetStmt, ALTER_DATABASE_SET_STMT)                                                               \
    X(AlterRoleSetStmt, ALTER_ROLE_SET_STMT)                                                                       \
    X(CreateConversionStmt, CREATE_CONVERSION_STMT)                                                                \
    X(CreateCastStmt, CREATE_CAST_STMT)                                                                            \
    X(CreateOpClassStmt, CREATE_OP_CLASS_STMT)                                                                     \
    X(CreateOpFamilyStmt, CREATE_OP_FAMILY_STMT)                                                                   \
    X(AlterOpFamilyStmt, ALTER_OP_FAMILY_STMT)                                                                     \
    X(PrepareStmt, PREPARE_STMT)                                                                                   \
    X(ExecuteStmt, EXECUTE_STMT)                                                                                   \
    X(DeallocateStmt, DEALLOCATE_STMT)                                                                             \
    X(DeclareCursorStmt, DECLARE_CURSOR_STMT)                                                                      \
    X(CreateTableSpaceStmt, CREATE_TABLE_SPACE_STMT)                                                               \
    X(DropTableSpaceStmt, DROP_TABLE_SPACE_STMT)                                                                   \
    X(AlterObjectDependsStmt, ALTER_OBJECT_DEPENDS_STMT)                                                           \
    X(AlterObjectSchemaStmt, ALTER_OBJECT_SCHEMA_STMT)                                                             \
    X(AlterOwnerStmt, ALTER_OWNER_STMT)                                                                            \
    X(AlterOperatorStmt, ALTER_OPERATOR_STMT)                                                                      \
    X(AlterTypeStmt, ALTER_TYPE_STMT)                                                                              \
    X(DropOwnedStmt, DROP_OWNED_STMT)                                                                              \
    X(ReassignOwnedStmt, REASSIGN_OWNED_STMT)                                                                      \
    X(CompositeTypeStmt, COMPOSITE_TYPE_STMT)                                                                      \
    X(CreateEnumStmt, CREATE_ENUM_STMT)                                                                            \
    X(CreateRangeStmt, CREATE_RANGE_STMT)                                                                          \
    X(AlterEnumStmt, ALTER_ENUM_STMT)                                                                              \
    X(AlterTSDictionaryStmt, ALTER_TSDICTIONARY_STMT)                                                              \
    X(AlterTSConfigurationStmt, ALTER_TSCONFIGURATION_STMT)                                                        \
    X(CreateFdwStmt, CREATE_FDW_STMT)                                                                              \
    X(AlterFdwStmt, ALTER_FDW_STMT)                                                                                \
    X(CreateForeignServerStmt, CREATE_FOREIGN_SERVER_STMT)                                                         \
    X(AlterForeignServerStmt, ALTER_FOREIGN_SERVER_STMT)                                                           \
    X(CreateUserMappingStmt, CREATE_USER_MAPPING_STMT)                                                             \
    X(AlterUserMappingStmt, ALTER_USER_MAPPING_STMT)                                                               \
    X(DropUserMappingStmt, DROP_USER_MAPPING_STMT)                                                                 \
    X(AlterTableSpaceOptionsStmt, ALTER_TABLE_SPACE_OPTIONS_STMT)                                                  \
    X(AlterTableMoveAllStmt, ALTER_TABLE_MOVE_ALL_STMT)                                                            \
    X(SecLabelStmt, SEC_LABEL_STMT)                                                                                \
    X(CreateForeignTableStmt, CREATE_FOREIGN_TABLE_STMT)                                                           \
    X(ImportForeignSchemaStmt, IMPORT_FOREIGN_SCHEMA_STMT)                                                         \
    X(CreateExtensionStmt, CREATE_EXTENSION_STMT)                                                                  \
    X(AlterExtensionStmt, ALTER_EXTENSION_STMT)                                                                    \
    X(AlterExtensionContentsStmt, ALTER_EXTENSION_CONTENTS_STMT)                                                   \
    X(CreateEventTrigStmt, CREATE_EVENT_TRIG_STMT)                                                                 \
    X(AlterEventTrigStmt, ALTER_EVENT_TRIG_STMT)                                                                   \
    X(RefreshMatViewStmt, REFRESH_MAT_VIEW_STMT)                                                                   \
    X(ReplicaIdentityStmt, REPLICA_IDENTITY_STMT)                                                                  \
    X(AlterSystemStmt, ALTER_SYSTEM_STMT)                                                                          \
    X(CreatePolicyStmt, CREATE_POLICY_STMT)                                                                        \
    X(AlterPolicyStmt, ALTER_POLICY_STMT)                                                                          \
    X(CreateTransformStmt, CREATE_TRANSFORM_STMT)                                                                  \
    X(CreateAmStmt, CREATE_AM_STMT)                                                                                \
    X(CreatePublicationStmt, CREATE_PUBLICATION_STMT)                                                              \
    X(AlterPublicationStmt, ALTER_PUBLICATION_STMT)                                                                \
    X(CreateSubscriptionStmt, CREATE_SUBSCRIPTION_STMT)                                                            \
    X(AlterSubscriptionStmt, ALTER_SUBSCRIPTION_STMT)                                                              \
    X(DropSubscriptionStmt, DROP_SUBSCRIPTION_STMT)                                                                \
    X(CreateStatsStmt, CREATE_STATS_STMT)                                                                          \
    X(AlterCollationStmt, ALTER_COLLATION_STMT)                                                                    \
    X(CallStmt, CALL_STMT)                                                                                         \
    X(AlterStatsStmt, ALTER_STATS_STMT)                                                                            \
    X(AExpr, A_EXPR)                                                                                               \
    X(ColumnRef, COLUMN_REF)                                                                                       \
    X(ParamRef, PARAM_REF)                                                                                         \
    X(FuncCall, FUNC_CALL)                                                                                         \
    X(AStar, A_STAR)                                                                                               \
    X(AIndices, A_INDICES)                                                                                         \
    X(AIndirection, A_INDIRECTION)                                                                                 \
    X(AArrayExpr, A_ARRAY_EXPR)                                                                                    \
    X(ResTarget, RES_TARGET)                                                                                       \
    X(MultiAssignRef, MULTI_ASSIGN_REF)                                                                            \
    X(TypeCast, TYPE_CAST)                                                                                         \
    X(CollateClause, COLLATE_CLAUSE)                                                                               \
    X(SortBy, SORT_BY)                                                                                             \
    X(WindowDef, WINDOW_DEF)                                                                                       \
    X(RangeSubselect, RANGE_SUBSELECT)                                                                             \
    X(RangeFunction, RANGE_FUNCTION)                                                                               \
    X(RangeTableSample, RANGE_TABLE_SAMPLE)                                                                        \
    X(RangeTableFunc, RANGE_TABLE_FUNC)                                                                            \
    X(RangeTableFuncCol, RANGE_TABLE_FUNC_COL)                                                                     \
    X(TypeName, TYPE_NAME)                                                                                         \
    X(ColumnDef, COLUMN_DEF)                                                                                       \
    X(IndexElem, INDEX_ELEM)                                                                                       \
    X(StatsElem, STATS_ELEM)                                                                                       \
    X(Constraint, CONSTRAINT)                                                                                      \
    X(DefElem, DEF_ELEM)                                                                                           \
    X(GroupingSet, GROUPING_SET)                                                                                   \
    X(ObjectWithArgs, OBJECT_WITH_ARGS)                                                                            \
    X(AccessPriv, ACCESS_PRIV)                                                                                     \
    X(CreateOpClassItem, CREATE_OP_CLASS_ITEM)                                                                     \
    X(TableLikeClause, TABLE_LIKE_CLAUSE)                                                                          \
    X(FunctionParameter, FUNCTION_PARAMETER)                                                                       \
    X(LockingClause, LOCKING_CLAUSE)                                                                               \
    X(XmlSerialize, XML_SERIALIZE)                                                                                 \
    X(WithClause, WITH_CLAUSE)                                                                                     \
    X(InferClause, INFER_CLAUSE)                                                                                   \
    X(OnConflictClause, ON_CONFLICT_CLAUSE)                                                                        \
    X(CTESearchClause, CTESEARCH_CLAUSE)                                                                           \
    X(CTECycleClause, CTECYCLE_CLAUSE)                                                                             \
    X(CommonTableExpr, COMMON_TABLE_EXPR)                                                                          \
    X(MergeWhenClause, MERGE_WHEN_CLAUSE)                                                                          \
    X(RoleSpec, ROLE_SPEC)                                                                                         \
    X(TriggerTransition, TRIGGER_TRANSITION)                                                                       \
    X(PartitionElem, PARTITION_ELEM)                                                                               \
    X(PartitionSpec, PARTITION_SPEC)                                                                               \
    X(PartitionBoundSpec, PARTITION_BOUND_SPEC)                                                                    \
    X(PartitionRangeDatum, PARTITION_RANGE_DATUM)                                                                  \
    X(PartitionCmd, PARTITION_CMD)                                                                                 \
    X(VacuumRelation, VACUUM_RELATION)                                                                             \
    X(PublicationObjSpec, PUBLICATION_OBJ_SPEC)                                                                    \
    X(PublicationTable, PUBLICATION_TABLE)                                                                         \
    X(Integer, INTEGER)                                                                                            \
    X(Float, FLOAT)                                                                                                \
    X(Boolean, BOOLEAN)                                                                                            \
    X(String, STRING)                                                                                              \
    X(BitString, BIT_STRING)                                                                                       \
    X(List, LIST)                                                                                                  \
    X(IntList, INT_LIST)                                                                                           \
    X(AConst, A_CONST)                                                                                             \
    AST_NODES_16(X)                                                                                                \
    AST_NODES_17(X)

#if PG_VERSION_NUM >= 160000
#define AST_NODES_16(X)                                                                                            \
    X(JsonValueExpr, JSON_VALUE_EXPR)                                                                              \
    X(JsonIsPredicate, JSON_IS_PREDICATE)                                                                          \
    X(JsonObjectConstructor, JSON_OBJECT_CONSTRUCTOR)                                                              \
    X(JsonArrayConstructor, JSON_ARRAY_CONSTRUCTOR)                                                                \
    X(JsonArrayQueryConstructor, JSON_ARRAY_QUERY_CONSTRUCTOR)                                                     \
    X(JsonObjectAgg, JSON_OBJECT_AGG)                                                                              \
    X(JsonArrayAgg, JSON_ARRAY_AGG)
#else
#define AST_NODES_16(X)
#endif
#if PG_VERSION_NUM >= 170000
#define AST_NODES_17(X)                                                                                            \
    X(MergeSupportFunc, MERGE_SUPPORT_FUNC)                                                                        \
    X(JsonFuncExpr, JSON_FUNC_EXPR)                                                                                \
    X(JsonTable, JSON_TABLE)                                                                                       \
    X(JsonParseExpr, JSON_PARSE_EXPR)                                                                              \
    X(JsonScalarExpr, JSON_SCALAR_EXPR)                                                                            \
    X(JsonSerializeExpr, JSON_SERIALIZE_EXPR)
#else
#define AST_NODES_17(X)
#endif

typedef PgQuery__Node AstNode;

#define AST_TYPEDEF(type, kind) typedef PgQuery__##type Ast##type;
AST_NODES(AST_TYPEDEF)
#undef AST_TYPEDEF

/* Values of AstNode.node_case; an enumeration without a name, for `switch (ast_kind(node))` with a default. */
enum {
    AST_NONE = PG_QUERY__NODE__NODE__NOT_SET, /* an absent element of a list */
#define AST_KIND(type, kind) AST_##kind = PG_QUERY__NODE__NODE_##kind,
    AST_NODES(AST_KIND)
#undef AST_KIND
};

#endif
