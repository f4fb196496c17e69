#include "cli/gateway_template.h"

#include <cctype>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace livery::cli {

namespace fs = std::filesystem;

namespace {

Error Bad(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message), {}}; }

bool IsName(const std::string& name) {
    return !name.empty() && name.size() <= 40 && name.front() >= 'a' && name.front() <= 'z' &&
           name.back() != '-' && name.find("--") == std::string::npos &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

// "acme-pay" as "AcmePay".
std::string ClassOf(const std::string& name) {
    std::string text;
    bool begins = true;
    for (const char c : name) {
        if (c != '-')
            text += begins ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        begins = c == '-';
    }
    return text;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
        text.replace(at, from.size(), to), at += to.size();
    return text;
}

}  // namespace

Result<fs::path> MakeGatewayProject(const std::string& name, const fs::path& folder,
                                    const fs::path& template_folder) {
    if (!IsName(name))
        return Bad(
            fmt::format("`{}` is no name of a gateway: a-z, 0-9 and -, a letter first", name));
    const fs::path project = folder / name;
    if (fs::exists(project)) return Conflict(fmt::format("{} is there already", project.string()));
    if (!fs::is_directory(template_folder))
        return NotFound(fmt::format("there is no template in {}", template_folder.string()));
    fs::create_directories(project);
    for (const auto& entry : fs::directory_iterator(template_folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        const std::string file = entry.path().filename() == "gateway.cpp.in"
                                     ? name + ".cpp"
                                     : entry.path().filename().string();
        std::ofstream out(project / file, std::ios::binary);
        out << Replaced(Replaced(text.str(), "@NAME@", name), "@CLASS@", ClassOf(name));
        if (!out.flush())
            return Bad(fmt::format("{} cannot be written", (project / file).string()));
        out.close();
        fs::permissions(project / file, fs::status(entry.path()).permissions());
    }
    return project;
}

}  // namespace livery::cli
