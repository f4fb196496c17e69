#pragma once

#include <livery/demo/demo.h>

#include "app/registration.h"

namespace livery::accounts {

// Makes the subscribers of `demo.yaml` (`password`, `subscribers: [{name, email, address}]`)
// through Registration.
class DemoSubscribers {
 public:
    DemoSubscribers(Registration& registration, Identity& identity)
        : registration_(registration), identity_(identity) {}
    void Generate(DemoContext& demo);

 private:
    Registration& registration_;
    Identity& identity_;
};

}  // namespace livery::accounts
