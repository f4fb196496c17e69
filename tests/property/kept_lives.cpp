#include <fstream>
#include <stdexcept>

#include "random_lives.h"

namespace livery::property {

std::vector<Life> KeptLives() {
    const std::string path =
        std::string(LIVERY_SOURCE_DIR) + "/tests/property/counter_examples.txt";
    std::ifstream file(path);
    if (!file.is_open()) throw std::runtime_error(path + " cannot be read");
    std::vector<Life> lives;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto life = LifeFrom(line);
        if (!life) throw std::runtime_error("not a life: " + line);
        lives.push_back(*life);
    }
    return lives;
}

}  // namespace livery::property
