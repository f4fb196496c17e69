#include "view/asset_publisher.h"

#include <array>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

namespace livery::view {

namespace fs = std::filesystem;

AssetPublisher::AssetPublisher(fs::path root) : root_(std::move(root)) {
    fs::create_directories(root_);
}

std::string AssetPublisher::Publish(std::string_view name, std::string_view bytes) const {
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                       0);
    std::array<char, 2 * 8 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), 8);
    const auto dot = name.rfind('.');
    const std::string file =
        fmt::format("{}.{}{}", name.substr(0, dot), hex.data(), name.substr(dot));
    const fs::path target = root_ / file;
    if (!fs::exists(target)) {
        const fs::path temporary = root_ / fmt::format(".{}.{}", file, ::getpid());
        {
            std::ofstream out(temporary, std::ios::binary);
            out << bytes;
            if (!out.flush()) {
                throw fs::filesystem_error("cannot write", temporary,
                                           std::error_code(errno, std::generic_category()));
            }
        }
        fs::permissions(temporary, static_cast<fs::perms>(0644));
        fs::rename(temporary, target);
    }
    return "/static/" + file;
}

std::string AssetPublisher::PublishFile(const fs::path& file, std::string_view prefix) const {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        throw fs::filesystem_error("cannot read", file,
                                   std::make_error_code(std::errc::no_such_file_or_directory));
    }
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return Publish(std::string(prefix) + file.filename().string(), bytes.str());
}

}  // namespace livery::view
