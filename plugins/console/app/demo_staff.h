#pragma once

#include <livery/db/database.h>
#include <livery/demo/demo.h>
#include <livery/ports/identity.h>
#include <livery/ports/staff.h>

namespace livery::console {

// Those of demo.yaml's `staff`, with the password of all demo logins. They set up the second step
// when they first sign in, as everybody does.
void AddDemoStaff(DemoContext& demo, db::Database& database, Identity& identity, Staff& staff);

}  // namespace livery::console
