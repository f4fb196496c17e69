#include "db/recreate.h"

#include <fmt/format.h>

namespace livery::db {

void RecreateDatabase(Connection& connection, const std::string& name) {
    connection.Run(fmt::format("DROP DATABASE IF EXISTS `{}`", name));
    connection.Run(fmt::format("CREATE DATABASE `{}` CHARACTER SET utf8mb4", name));
    connection.Run(fmt::format("USE `{}`", name));
}

}  // namespace livery::db
