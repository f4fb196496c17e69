#include "process/account.h"

#include <cerrno>
#include <vector>

#include <pwd.h>

namespace livery::process {

std::optional<Account> FindAccount(const std::string& name) {
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> texts(1024);
    while (::getpwnam_r(name.c_str(), &entry, texts.data(), texts.size(), &found) == ERANGE)
        texts.resize(texts.size() * 2);
    if (found == nullptr) return std::nullopt;
    return Account{found->pw_uid, found->pw_gid};
}

}  // namespace livery::process
