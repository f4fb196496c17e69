#pragma once

#include <filesystem>
#include <string>

#include <livery/result.h>

namespace livery::cli {

// Makes a project for a new gateway of that name in `folder`, from the SDK's template. Returns the
// project's folder. Errors: no name for one, the project is there already, the template is not.
Result<std::filesystem::path> MakeGatewayProject(const std::string& name,
                                                 const std::filesystem::path& folder,
                                                 const std::filesystem::path& template_folder);

}  // namespace livery::cli
