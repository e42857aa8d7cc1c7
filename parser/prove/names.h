/* Names of parameters. Private to prove/. */
#ifndef QUERC_PROVE_NAMES_H
#define QUERC_PROVE_NAMES_H

#include "prove/ir_types.h"
#include "prove/param_use.h"

/* The ir's parameters: named by the user, by their use, or "arg1"; unique within the query; nullable or not. */
IrParam *name_params(ProveProject *project, const ProveInput *input, const ParamUse *uses);

#endif
