#pragma once

#include <filesystem>
#include <string_view>

namespace livery {

// Where a plugin keeps files that are no rows: in the host's data folder, outside all that the
// front hands out. Hosts that share a database must share such a folder too. Provided by the core.
// Thread: any.
class DataFolder {
 public:
    static constexpr std::string_view kPortId = "livery.data_folder/1";
    virtual ~DataFolder();
    // An absolute path; nothing is there before its plugin makes it. `name`: of one plugin alone.
    virtual std::filesystem::path Of(std::string_view name) const = 0;
};

}  // namespace livery
