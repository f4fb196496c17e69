#pragma once

namespace livery {

// Which door a login is for. The same address in two realms is two logins, and a session of one is
// nothing in the other.
enum class Realm { kPortal, kConsole, kPartner };

}  // namespace livery
