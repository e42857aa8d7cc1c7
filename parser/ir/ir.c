/* Names and small facts of the intermediate representation. */
#include "ir/ir.h"

const char *ir_command_name(IrCommand command)
{
    static const char *const names[] = {
        [IR_ONE] = "one",           [IR_OPT] = "opt",
        [IR_MANY] = "many",         [IR_EXEC] = "exec",
        [IR_EXECROWS] = "execrows", [IR_EXECRESULT] = "execresult",
        [IR_COPYFROM] = "copyfrom", [IR_BATCHEXEC] = "batchexec",
        [IR_BATCHONE] = "batchone", [IR_BATCHMANY] = "batchmany",
        [IR_BULKEXEC] = "bulkexec", [IR_BULKMANY] = "bulkmany",
    };
    return names[command];
}

const IrType *ir_type_base(const IrType *type)
{
    while (type->kind == IR_DOMAIN)
        type = type->base;
    return type;
}
