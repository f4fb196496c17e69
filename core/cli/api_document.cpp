#include "cli/api_document.h"

#include "api/open_api.h"

namespace livery::cli {

std::vector<std::shared_ptr<const api::Operation>> OperationsOf(
    const host::Contributions& contributions) {
    std::vector<std::shared_ptr<const api::Operation>> operations;
    for (const auto& [plugin, route] : contributions.routes)
        if (route.operation) operations.push_back(route.operation);
    return operations;
}

std::set<std::string> ScopesOf(const host::Contributions& contributions) {
    std::set<std::string> scopes;
    for (const auto& operation : OperationsOf(contributions)) scopes.insert(operation->scope);
    return scopes;
}

std::string ApiDocument(const host::Contributions& contributions, const api::SchemaBook& schemas) {
    return api::OpenApiDocument(OperationsOf(contributions), schemas).dump(2) + "\n";
}

}  // namespace livery::cli
