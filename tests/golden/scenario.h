#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/config/problems.h>
#include <livery/time/frequency.h>

#include "settings/payment_settings.h"
#include "world.h"

namespace livery::golden {

// One step: the clock moves to `at`, somebody does something, and then something stands.
struct Step {
    CivilTime at;
    const config::Node* node = nullptr;  // the whole step
    std::string action;                  // "" = none
    const config::Node* args = nullptr;
    std::string refused;  // the reason that is expected; "" = none
    const config::Node* expect = nullptr;
};

struct Scenario {
    std::string name;
    config::Position at;
    TenantSetup tenant;
    billing::Catalog catalog;
    taxes::TaxRules taxes;
    std::map<std::string, AccountSetup> accounts;
    // Set where there are payments at providers: it is played on a database.
    std::optional<payments::PaymentSettings> payments;
    std::vector<Step> steps;
};

// A file with its scenarios. Steps borrow its nodes: it must outlive them.
struct ScenarioFile {
    std::string path;
    config::Node root;
    std::vector<Scenario> scenarios;
};

// Reads a file and checks all its keys. Everything that is wrong is added to `problems` with its
// place; the scenarios can be played only when nothing was.
std::unique_ptr<ScenarioFile> LoadScenarios(const std::filesystem::path& path,
                                            config::Problems& problems);

}  // namespace livery::golden
