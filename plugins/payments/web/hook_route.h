#pragma once

#include <livery/registrar.h>

#include "app/provider_events.h"

namespace livery::payments {

// Where providers tell us that something happened. Who it is proves itself by a signature over the
// bytes that came, which the host checks.
void AddHook(Registrar& registrar, ProviderEvents& events);

}  // namespace livery::payments
